//! Which language a request wants.

use axum::http::{HeaderMap, header};
use minqing_core::words::Lang;

/// The name of the cookie that remembers a choice.
pub const COOKIE: &str = "minqing_lang";

/// The language of a request: asked for now, chosen before, or the browser's.
pub fn wanted(query: Option<&str>, headers: &HeaderMap) -> Lang {
    asked(query).or_else(|| remembered(headers)).unwrap_or_else(|| accepted(headers))
}

/// The first language of `Accept-Language`; Chinese where there is none.
pub fn accepted(headers: &HeaderMap) -> Lang {
    let first = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    parse(first.trim())
}

/// The choice of a query such as `a=1&lang=en`.
pub fn asked(query: Option<&str>) -> Option<Lang> {
    query?.split('&').find_map(|pair| pair.strip_prefix("lang=")).map(parse)
}

/// The choice of an earlier visit.
pub fn remembered(headers: &HeaderMap) -> Option<Lang> {
    cookie(headers, COOKIE).map(parse)
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn parse(tag: &str) -> Lang {
    tag.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_beats_the_browser() {
        let mut headers = HeaderMap::new();
        assert_eq!(accepted(&headers), Lang::Zh);
        headers.insert(header::ACCEPT_LANGUAGE, "en-GB,zh;q=0.5".parse().unwrap());
        assert_eq!(accepted(&headers), Lang::En);
        assert_eq!(remembered(&headers), None);
        headers.insert(header::COOKIE, "x_minqing_lang=en; minqing_lang=zh; a=b".parse().unwrap());
        assert_eq!(remembered(&headers), Some(Lang::Zh));
        assert_eq!(asked(Some("a=1&lang=en")), Some(Lang::En));
        assert_eq!(asked(Some("slang=en")), None);
    }
}
