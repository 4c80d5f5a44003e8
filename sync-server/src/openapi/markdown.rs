//! The description as a page: docs/API.md.

use std::fmt::Write;

use serde_json::Value;

const HEAD: &str = "# API: every route that is no page

Made from `/openapi.json` by a test; do not edit. After a change: `MINQING_ACCEPT=1 cargo test --workspace docs_`. The bytes of an exchange are in [WIRE.md](WIRE.md), the codes in [ERRORS.md](ERRORS.md).
";

/// The page.
pub fn page(api: &Value) -> String {
    let mut page = HEAD.to_owned();
    for (path, methods) in pairs(&api["paths"]) {
        for (method, operation) in pairs(methods) {
            let _ = write!(page, "\n## {} {path}\n\n{}\n", method.to_uppercase(), text(&operation["summary"]));
            if operation.get("security").is_some() {
                page += "\nNeeds `Authorization: Bearer` with the access token.\n";
            }
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let _ = write!(page, "\nHeader `{}`: {}.\n", text(&parameter["name"]), text(&parameter["description"]));
            }
            if let Some(body) = operation.get("requestBody") {
                let _ = write!(page, "\nBody: {}\n", content(body));
            }
            page += "\n| status | when | body |\n|---|---|---|\n";
            for (status, answer) in pairs(&operation["responses"]) {
                let _ = writeln!(page, "| {status} | {} | {} |", text(&answer["description"]).trim_end_matches('.'), content(answer));
            }
        }
    }
    page += "\n## Bodies\n";
    for (name, schema) in pairs(&api["components"]["schemas"]) {
        let _ = write!(page, "\n### {name}\n\n{}\n\n| field | type | what |\n|---|---|---|\n", text(&schema["description"]));
        let required = |field: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|r| r == field));
        for (field, of) in pairs(&schema["properties"]) {
            let _ = writeln!(page, "| `{field}`{} | {} | {} |", if required(field) { "" } else { ", may lack" }, kind(of), text(&of["description"]));
        }
    }
    page
}

fn pairs(of: &Value) -> impl Iterator<Item = (&str, &Value)> {
    of.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

fn text(of: &Value) -> &str {
    of.as_str().unwrap_or_default().trim()
}

fn content(of: &Value) -> String {
    pairs(&of["content"]).map(|(media, body)| format!("`{media}` {}", kind(&body["schema"]))).collect::<Vec<_>>().join(", ").trim().to_owned()
}

fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().or_else(|| schema["oneOf"].as_array()?.iter().find_map(|one| one["$ref"].as_str())) {
        let name = name.rsplit('/').next().unwrap_or_default();
        return format!("[{name}](#{})", name.to_lowercase());
    }
    match &schema["type"] {
        Value::String(one) if one == "array" => format!("array of {}", kind(&schema["items"])),
        Value::String(one) => schema["format"].as_str().unwrap_or(one).to_owned(),
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}
