//! A plate as people type it: 3-2-501, or its beginning.

use minqing_core::model::normal_part;

/// 3-2-501 as its parts; `None` for what has no dash.
pub fn plate_parts(typed: &str) -> Option<Vec<String>> {
    let parts: Vec<String> = typed.trim().split(['-', '－', '—', '–']).map(normal_part).collect();
    (parts.len() > 1 && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

/// Whether a door's plate begins with these parts. `block`: its building, stairwell and room; `lane`: its lane and door.
pub fn plate_begins(block: [&str; 3], lane: [&str; 2], parts: &[String]) -> bool {
    let plate = |parts: &[&str]| parts.iter().map(|part| normal_part(part)).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    plate(&block).starts_with(parts) || plate(&lane) == parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_is_meant_by_its_beginning_however_its_parts_are_written() {
        let begins = |typed: &str| plate_begins(["3号楼", "2 单元", "501"], ["", ""], &plate_parts(typed).unwrap());
        assert_eq!(["3-2-501", "３－2－501室", "3-2", "3-2-50", "2-501", "3-501"].map(begins), [true, true, true, false, false, false]);
        assert!(plate_begins(["", "", ""], ["菜市巷", "12号"], &plate_parts("菜市巷-12").unwrap()));
        assert_eq!(["", "3", "-", "3-"].map(plate_parts), [const { None }; 4]);
    }
}
