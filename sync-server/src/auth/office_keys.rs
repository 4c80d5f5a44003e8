//! `GET /v1/office-keys`: what phones need to seal bundles for this office and to believe its certificates.

use axum::{Json, extract::State};
use serde::Serialize;

use super::{Keys, base64url};
use crate::{app::App, fault::Fault, problem::Problem};

/// The office's public keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OfficeKeys {
    /// The X25519 key that bundles are sealed for, 32 bytes as base64url.
    pub seal: String,
    /// All Ed25519 keys that ever signed certificates, 32 bytes each as base64url, the oldest first.
    pub sign: Vec<String>,
}

impl OfficeKeys {
    /// Those of a ring.
    ///
    /// # Errors
    /// `key.malformed`; cannot happen.
    pub fn of(keys: &Keys) -> Result<Self, Fault> {
        let sign = keys.all().iter().map(|key| base64url(key.public().as_bytes())).collect();
        Ok(Self { seal: base64url(&keys.newest().seal_key()?.public()?), sign })
    }
}

/// The office's public keys, as of now.
pub async fn office_keys(State(app): State<App>) -> Result<Json<OfficeKeys>, Problem> {
    Ok(Json(app.work(|app| OfficeKeys::of(&app.keys)).await?))
}

#[cfg(test)]
mod tests {
    use crate::testing::World;

    #[tokio::test]
    async fn a_new_key_seals_and_the_old_ones_are_still_believed_and_still_open() {
        let world = World::open();
        let ask = async || world.get("/v1/office-keys").await.json();
        let first = ask().await;
        assert_eq!((first["seal"].as_str().unwrap().len(), first["sign"].as_array().unwrap().len()), (43, 1));
        let old = world.app.keys.seal_keys().unwrap();
        crate::auth::Keys::open(world.dir.path(), &*world.entropy).unwrap().rotate(&*world.clock, &*world.entropy).unwrap();
        let second = ask().await;
        assert_ne!(second["seal"], first["seal"]);
        assert_eq!(second["sign"][0], first["sign"][0]);
        let publics: Vec<_> = world.app.keys.seal_keys().unwrap().iter().map(|key| key.public().unwrap()).collect();
        assert_eq!((publics.len(), publics[1]), (2, old[0].public().unwrap()), "the newest first");
    }
}
