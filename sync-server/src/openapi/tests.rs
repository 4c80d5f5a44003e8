use std::{collections::BTreeSet, path::Path};

use axum::http::Method;
use serde_json::Value;

use super::*;
use crate::testing::{World, docs};

fn described() -> Value {
    serde_json::to_value(Description::openapi()).unwrap()
}

fn operations(api: &Value) -> BTreeSet<(String, String)> {
    let paths = api["paths"].as_object().unwrap();
    let each = |(path, methods): (&String, &Value)| methods.as_object().unwrap().keys().map(|m| (m.clone(), path.clone())).collect::<Vec<_>>();
    paths.iter().flat_map(each).collect()
}

/// The routes that the router's source names, but for pages and their files.
fn routes() -> BTreeSet<(String, String)> {
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/router.rs")).unwrap();
    let product = source.split("#[cfg(test)]").next().unwrap();
    let mut found = BTreeSet::new();
    for route in product.split(".route(").skip(1) {
        let path = route.trim_start().trim_start_matches('"').split('"').next().unwrap();
        if path == "/m" || ["/office", "/static", "/m/", "/design", "/look"].iter().any(|page| path.starts_with(page)) {
            continue;
        }
        let handlers = route.split(['\n', ';']).next().unwrap();
        for method in ["get", "head", "options", "post", "put", "patch", "delete"] {
            if handlers.contains(&format!("{method}(")) {
                found.insert((method.to_owned(), path.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_route_that_is_no_page_is_described() {
    assert!(routes().len() >= 10, "{:?}", routes());
    assert_eq!(operations(&described()), routes());
}

#[test]
fn docs_api_is_made_from_the_description() {
    docs::hold("API.md", |_| markdown::page(&described()));
}

#[tokio::test]
async fn what_is_answered_is_described() {
    let world = World::open();
    let api = described();
    let json = ("content-type", "application/json");
    let cbor = ("content-type", "application/vnd.minqing.sync;v=1");
    let large = "x".repeat(2 << 20);
    for (method, path) in operations(&api) {
        for (header, body) in [(json, "{"), (json, "{}"), (json, "{\"device\": \"x\"}"), (json, &*large), (cbor, "x"), (("accept", "x"), "")] {
            let verb = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = world.send(verb, &path, &[header], body).await;
            let as_described = &api["paths"][&path][&method]["responses"][answer.status.to_string()];
            assert!(as_described.is_object(), "{method} {path} answered {} {}", answer.status, answer.body);
            let media = as_described["content"].as_object().map(|c| c.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
            assert!(media.is_empty() || media.iter().any(|m| m == answer.header("content-type")), "{path}: {media:?}");
        }
    }
    let served = world.get("/openapi.json").await.json();
    assert_eq!(served, api);
    assert_eq!(served["openapi"], "3.1.0");
}
