//! A QR code as SVG.

use qrcode::{Color, EcLevel, QrCode};

use crate::fault::Fault;

/// Light modules around it, which readers need.
const MARGIN: usize = 4;

/// The SVG of a text, one path of squares: black on white in every theme, for cameras need it so.
///
/// # Errors
/// `code.too_long` where the text does not fit.
pub fn svg(text: &str) -> Result<String, Fault> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Fault::new("code.too_long", ""))?;
    let width = code.width();
    let side = width + 2 * MARGIN;
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path: String = dark.map(|(i, _)| format!("M{} {}h1v1h-1z", i % width + MARGIN, i / width + MARGIN)).collect();
    Ok(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_of_the_code_and_nothing_else() {
        let text = "minqing:enrol?server=https://office.example&code=7K3MQ2XA00";
        let svg = svg(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let dark = code.to_colors().iter().filter(|c| **c == Color::Dark).count();
        assert_eq!(svg.matches("h1v1h-1z").count(), dark);
        assert!(svg.contains(&format!("viewBox=\"0 0 {0} {0}\"", code.width() + 8)) && !svg.contains("style"));
        assert!(svg.contains("M4 4h1v1h-1z"), "the first finder's corner");
        assert_eq!(super::svg(&"x".repeat(5_000)).unwrap_err().code, "code.too_long");
    }
}
