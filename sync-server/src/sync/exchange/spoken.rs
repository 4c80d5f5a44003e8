//! Which versions of the wire are spoken: the request's media type says its own, the answer is of the same one.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use minqing_core::wire::CONTENT_TYPE;

use crate::problem::Problem;

/// The media type without its version.
const MEDIA: &str = "application/vnd.minqing.sync";
/// The versions, newest first, each with the media type of its answers. A phone two versions old is still one of them.
const SPOKEN: &[(&str, &str)] = &[("1", CONTENT_TYPE)];

/// The media type of the answer.
///
/// # Errors
/// 415 `request.media_type` for another type; 415 `wire.version` for a version that is not spoken: its path and `Accept`
/// list those that are.
pub(super) fn spoken(headers: &HeaderMap) -> Result<&'static str, Box<Response>> {
    let refuse = |code| Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code);
    let said = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut parts = said.split(';').map(str::trim);
    if !parts.next().unwrap_or_default().eq_ignore_ascii_case(MEDIA) {
        return Err(Box::new(refuse("request.media_type").into_response()));
    }
    let version = parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("v")).map_or("", |(_, version)| version);
    if let Some((_, media)) = SPOKEN.iter().find(|(spoken, _)| *spoken == version) {
        return Ok(media);
    }
    let list = |separator: &str, name: fn(&(&str, &str)) -> String| SPOKEN.iter().map(name).collect::<Vec<_>>().join(separator);
    let mut answer = refuse("wire.version").at(list(",", |(version, _)| format!("v={version}"))).into_response();
    if let Ok(accept) = HeaderValue::from_str(&list(", ", |(_, media)| (*media).to_owned())) {
        answer.headers_mut().insert(header::ACCEPT, accept);
    }
    Err(Box::new(answer))
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::testing::{Phone, World};

    #[tokio::test]
    async fn a_version_that_is_not_spoken_is_told_which_are() {
        let world = World::open();
        let phone = Phone::enrolled(&world, 1).await;
        let bearer = format!("Bearer {}", phone.access);
        let ask = async |media: &str| world.send(Method::POST, "/v1/sync", &[("authorization", bearer.as_str()), ("content-type", media)], "").await;
        for media in [CONTENT_TYPE, "application/vnd.minqing.sync; v=1", "Application/Vnd.minqing.sync ; charset=x ; V=1"] {
            assert_eq!(ask(media).await.json()["code"], "frame.malformed", "{media}: spoken, though an empty body is no frame");
        }
        for media in
            ["application/vnd.minqing.sync;v=2", "application/vnd.minqing.sync", "application/vnd.minqing.sync;v=", "application/vnd.minqing.sync;v=01"]
        {
            let answer = ask(media).await;
            assert_eq!((answer.status, answer.header("accept")), (415, CONTENT_TYPE), "{media}");
            let problem = answer.json();
            assert_eq!((problem["code"].as_str(), problem["path"].as_str()), (Some("wire.version"), Some("v=1")), "{media}");
        }
        assert_eq!(ask("application/cbor;v=1").await.json()["code"], "request.media_type");
    }
}
