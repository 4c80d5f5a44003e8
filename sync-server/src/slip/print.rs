//! A stock as pages to print: A4, five strips a page, each folded so that its PIN is covered.

use askama::Template;
use minqing_core::{
    ids::shown,
    model::Area,
    words::{Lang, say},
};

use super::{Made, address};
use crate::{area, console::qr, fault::Fault};

/// Strips of a page.
const A_PAGE: usize = 5;

/// slips.html
#[derive(Template)]
#[template(path = "slips.html")]
struct Slips {
    community: String,
    pages: Vec<Vec<Strip>>,
}

struct Strip {
    code: String,
    qr: String,
    /// In two groups of three.
    pin: String,
}

impl Slips {
    /// A sentence in Chinese.
    fn zh(&self, key: &str) -> String {
        say(Lang::Zh, key, &[])
    }

    /// The same in English.
    fn en(&self, key: &str) -> String {
        say(Lang::En, key, &[])
    }
}

/// A PIN as people read it: in two groups of three; empty where there is none.
pub fn shown_pin(pin: &str) -> String {
    let (first, second) = pin.split_at_checked(3).unwrap_or((pin, ""));
    format!("{first} {second}").trim().to_owned()
}

/// The pages as one HTML file that loads nothing.
///
/// # Errors
/// `code.too_long` where the address does not fit into a QR code.
pub fn page(public_url: &str, community: &Area, made: &[Made]) -> Result<String, Fault> {
    let strip = |slip: &Made| Ok(Strip { code: shown(&slip.code), qr: qr::svg(&address(public_url, &slip.code))?, pin: shown_pin(&slip.pin) });
    let strips = |page: &[Made]| page.iter().map(strip).collect::<Result<Vec<_>, Fault>>();
    let pages = made.chunks(A_PAGE).map(strips).collect::<Result<_, _>>()?;
    let page = Slips { community: area::short_name(&community.name).to_owned(), pages };
    page.render().map_err(|e| Fault::new("export.failed", e.to_string()))
}

#[cfg(test)]
mod tests {
    use minqing_core::model::AreaKind;

    use super::*;
    use crate::testing::{COMMUNITY, qr::read};

    fn printed(count: usize) -> (Vec<Made>, String) {
        let made: Vec<_> = (0..count).map(|n| Made { code: format!("K702115{n}"), pin: format!("90210{n}") }).collect();
        let community = Area { id: COMMUNITY.into(), parent: None, kind: AreaKind::Community, name: "畅家巷社区居委会".into() };
        let page = page("https://office.example/", &community, &made).unwrap();
        (made, page)
    }

    #[test]
    fn every_slip_stands_on_a_page_with_its_own_pin_in_both_languages() {
        let (made, page) = printed(7);
        assert_eq!((page.matches("class=\"page\"").count(), page.matches("class=\"strip\"").count()), (2, 7));
        for slip in &made {
            let strip = page.split("class=\"strip\"").find(|strip| strip.contains(&shown(&slip.code))).unwrap();
            assert!(strip.contains(&format!("{} {}", &slip.pin[..3], &slip.pin[3..])), "{strip}");
        }
        assert!(page.contains("回执单") && page.contains("Receipt") && page.contains("密码") && page.contains("畅家巷社区"));
        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("slip-"), "it loads something, or a sentence lacks");
    }

    #[test]
    fn a_camera_reads_the_address_of_the_code_beside_it() {
        let (made, page) = printed(2);
        for (slip, strip) in made.iter().zip(page.split("class=\"strip\"").skip(1)) {
            assert_eq!(read(strip), address("https://office.example/", &slip.code));
        }
        assert_eq!(address("https://office.example/", "K7021150"), "https://office.example/m/K7021150");
    }
}
