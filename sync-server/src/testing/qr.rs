//! What a camera reads on a page.

use std::collections::BTreeSet;

/// What a QR decoder makes of the squares of an SVG, each drawn four pixels wide.
pub fn read(page: &str) -> String {
    const PIXELS: usize = 4;
    let side: usize = page.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let path = page.split("fill=\"#000\" d=\"M").nth(1).unwrap().split('"').next().unwrap();
    let square = |at: &str| at.trim_end_matches("h1v1h-1z").split_once(' ').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).unwrap();
    let dark: BTreeSet<(usize, usize)> = path.split('M').map(square).collect();
    let width = side * PIXELS;
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, width, |x, y| if dark.contains(&(x / PIXELS, y / PIXELS)) { 0 } else { 255 });
    picture.detect_grids().first().expect("a QR code").decode().unwrap().1
}
