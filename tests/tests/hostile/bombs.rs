//! Small bytes that claim to be large. What they cost is measured where nothing else runs: in a process of their own.

use std::process::Command;

use image::{DynamicImage, ImageFormat, RgbImage};
use minqing_core::{
    Id,
    attachment::{derive, prepare_photo},
    envelope::{DeviceKeys, Envelope, Item, Room},
    frame::{MAX_UNPACKED, decode_frame, pack, to_cbor},
    ids::{Device, Opening},
    pack::{Chunks, Line, Snapshot},
    wire::{Down, Up},
};

use super::slow::memory;

/// Says in the environment that this is the process of its own.
const ALONE: &str = "MINQING_BOMBS";
/// What all of them may cost, MiB: a frame unpacked, what is parsed of it, and a picture of 50 million pixels.
const MOST: u64 = 420;

fn zeros(mib: usize) -> Vec<u8> {
    zstd::bulk::compress(&vec![0u8; mib << 20], 3).unwrap()
}

/// A stream of zstd that does not say how long it is.
fn endless(mib: usize) -> Vec<u8> {
    let mut writer = zstd::Encoder::new(Vec::new(), 1).unwrap();
    let piece = vec![0u8; 1 << 20];
    (0..mib).for_each(|_| std::io::Write::write_all(&mut writer, &piece).unwrap());
    writer.finish().unwrap()
}

/// An array that claims so many values, and has none.
fn claims(values: u64) -> Vec<u8> {
    [&[0x9b][..], &values.to_be_bytes()].concat()
}

/// A picture of few bytes and many pixels.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::new(width, height)).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// All bombs go off; how each is told to go away.
fn go_off(bombs: &Bombs) {
    for bomb in &bombs.frames {
        for code in [decode_frame::<Up>(bomb).unwrap_err().code(), decode_frame::<Down>(bomb).unwrap_err().code()] {
            assert!(["frame.too_large", "frame.malformed"].contains(&code), "{code}");
        }
        let code = Item::unpack_within(bomb, &mut Room::default()).unwrap_err().code();
        assert!(["frame.too_large", "frame.malformed"].contains(&code), "{code}");
        assert!(Chunks::<Line>::new(bomb.clone()).is_ok_and(|mut chunks| chunks.all(|chunk| chunk.is_err() || chunk.is_ok_and(|lines| lines.is_empty()))));
        assert!(Chunks::<Snapshot>::new(bomb.clone()).is_ok_and(|mut chunks| chunks.all(|chunk| chunk.is_err() || chunk.is_ok_and(|all| all.is_empty()))));
    }
    for bomb in &bombs.envelopes {
        assert!(Envelope::decode(bomb).is_err());
    }
    for bomb in &bombs.pictures {
        assert_eq!(prepare_photo(bomb, true).unwrap_err().code(), "photo.too_many_pixels");
        assert!(derive(bomb).is_err());
    }
}

struct Bombs {
    frames: Vec<Vec<u8>>,
    envelopes: Vec<Vec<u8>>,
    pictures: Vec<Vec<u8>>,
}

fn bombs() -> Bombs {
    let keys = DeviceKeys::derive(&[1; 32]).unwrap();
    let item = |len| Item { kind: 1, doc: Id([1; 16]), bytes: vec![0; len] };
    let sealed = |items: Vec<Item>| Envelope::seal(&keys, Device(1), Opening([1; 5]), 1, 1, items).encode();
    Bombs {
        frames: vec![
            zeros(9),
            zeros(200),
            endless(300),
            claims(1 << 60),
            claims(1 << 40),
            pack(&claims(1 << 32)),
            vec![0x81; 1 << 20],
            pack(&vec![0x81; 8 << 20]),
        ],
        envelopes: vec![sealed(vec![item(MAX_UNPACKED)]), sealed(vec![item(1 << 20); 9]), to_cbor(&vec![1u8; 1 << 20])],
        pictures: vec![picture(12_001, 4, ImageFormat::Png), picture(11_900, 4_300, ImageFormat::Png)],
    }
}

#[test]
fn bombs_go_off_and_nobody_is_hurt() {
    let bombs = bombs();
    assert!(bombs.frames.iter().chain(&bombs.envelopes).all(|bomb| bomb.len() <= 9 << 20));
    if std::env::var_os(ALONE).is_some() {
        // To build the bombs costs more than they may: only what is read counts.
        let (before, peak) = memory("self");
        go_off(&bombs);
        println!("{ALONE} {before} {peak} {}", memory("self").1);
        return;
    }
    go_off(&bombs);
    if !cfg!(target_os = "linux") {
        return;
    }
    let itself = std::env::current_exe().unwrap();
    let name = "hostile::bombs::bombs_go_off_and_nobody_is_hurt";
    let run = Command::new(itself).args([name, "--exact", "--nocapture"]).env(ALONE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}");
    let figures: Vec<u64> = said.lines().find_map(|line| line.split_once(ALONE)).unwrap().1.split_whitespace().map(|n| n.parse().unwrap()).collect();
    let [before, built, peak] = figures[..] else { panic!("{said}") };
    println!("KiB: {before} before, {built} at most while they were built, {peak} at most");
    assert!(peak.saturating_sub(built) <= MOST << 10 && peak <= built.max(before + (MOST << 10)), "{before} {built} {peak} KiB");
}
