//! How pages look in this browser: light or dark, and large type with large targets (大字). Chosen by a plain form, kept in two cookies.

use std::convert::Infallible;

use axum::{
    extract::{Form, FromRequestParts},
    http::{HeaderMap, HeaderValue, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::lang::cookie;

/// The cookie of light or dark.
const THEME: &str = "look-theme";
/// The cookie of the large type.
const VIEW: &str = "look-view";
/// Words of `data-theme` that somebody may choose; without one the system's choice holds.
const THEMES: [&str; 2] = ["light", "dark"];
/// Words of `data-view` that somebody may choose.
const VIEWS: [&str; 1] = ["elder"];
/// Where the form leads if the browser does not say where it stood.
const NOWHERE: &str = "/office";

/// How pages look in this browser. Each is a word of ours, or empty where nothing was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// `light`, `dark` or empty: for `data-theme`.
    pub theme: &'static str,
    /// `elder` or empty: for `data-view`.
    pub view: &'static str,
}

impl Look {
    /// What the cookies say; anything but our words says nothing.
    pub fn of(headers: &HeaderMap) -> Self {
        let kept = |name| cookie(headers, name).unwrap_or_default();
        Self { theme: word(&THEMES, kept(THEME)), view: word(&VIEWS, kept(VIEW)) }
    }

    /// Whether type and targets are large.
    pub fn is_elder(self) -> bool {
        self.view == VIEWS[0]
    }

    /// Whether it is dark by choice.
    pub fn is_dark(self) -> bool {
        self.theme == THEMES[1]
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Look {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

fn word(words: &[&'static str], said: &str) -> &'static str {
    words.iter().find(|word| **word == said).copied().unwrap_or_default()
}

/// What the form sends; what it does not send stays as it is.
#[derive(Deserialize)]
pub struct Chosen {
    theme: Option<String>,
    view: Option<String>,
}

/// `POST /look`: keeps a choice, and leads back to where it was made.
pub async fn choose_look(headers: HeaderMap, Form(chosen): Form<Chosen>) -> Response {
    let mut answer = Redirect::to(&back(&headers)).into_response();
    for (name, words, said) in [(THEME, &THEMES[..], chosen.theme), (VIEW, &VIEWS[..], chosen.view)] {
        let Some(said) = said else { continue };
        let word = word(words, &said);
        let age = if word.is_empty() { 0 } else { 31_536_000 };
        let cookie = format!("{name}={word}; Path=/; Max-Age={age}; SameSite=Lax; HttpOnly");
        answer.headers_mut().extend(HeaderValue::from_str(&cookie).ok().map(|value| (header::SET_COOKIE, value)));
    }
    answer
}

/// The page of this server on which the form stood: nobody is led elsewhere.
fn back(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let from: Option<Uri> = text(header::REFERER).and_then(|from| from.parse().ok());
    let own = from.filter(|from| from.authority().is_some_and(|at| Some(at.as_str()) == text(header::HOST)));
    let path = own.and_then(|from| from.path_and_query().map(|path| path.as_str().to_owned()));
    path.filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\')).unwrap_or_else(|| NOWHERE.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;
    use crate::testing::{Answer, World};

    async fn choose(world: &World, from: &str, form: &str) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("host", "office.test"), ("referer", from)];
        world.send(Method::POST, "/look", &headers, form).await
    }

    fn cookies(answer: &Answer) -> Vec<&str> {
        answer.headers.get_all("set-cookie").into_iter().map(|value| value.to_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_choice_is_kept_and_leads_back() {
        let world = World::open();
        let dark = choose(&world, "http://office.test/office/inbox?kind=edit", "theme=dark").await;
        assert_eq!((dark.status, dark.header("location")), (303, "/office/inbox?kind=edit"));
        assert_eq!(cookies(&dark), ["look-theme=dark; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"]);
        let back = choose(&world, "http://office.test/design", "theme=&view=").await;
        assert_eq!(cookies(&back).len(), 2);
        assert!(cookies(&back).iter().all(|cookie| cookie.contains("=; Path=/; Max-Age=0;")));
        let odd = choose(&world, "http://office.test/design", "view=x%22%3E%3Cscript%3E").await;
        assert_eq!(cookies(&odd), ["look-view=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"], "a word that is none of ours");
    }

    #[tokio::test]
    async fn nobody_is_led_to_another_site() {
        let world = World::open();
        for from in ["http://other.test/office", "//other.test/x", "http://office.test//other.test/x", "javascript:alert(1)", "office.test", ""] {
            assert_eq!(choose(&world, from, "view=elder").await.header("location"), NOWHERE, "{from}");
        }
    }

    #[test]
    fn only_words_of_ours_are_read() {
        let look = |kept: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, kept.parse().unwrap());
            Look::of(&headers)
        };
        assert_eq!(look("look-view=elder; look-theme=dark"), Look { theme: "dark", view: "elder" });
        assert!(look("look-theme=dark").is_dark() && look("look-view=elder").is_elder());
        assert_eq!(look("look-theme=board; look-view=\"elder\"; x=y"), Look::default());
    }
}
