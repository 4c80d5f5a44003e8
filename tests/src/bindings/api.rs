//! Everything exported, one item a line.

use std::path::Path;

use anyhow::Result;
use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::{DefaultValueMetadata, FieldMetadata, FnParamMetadata, Metadata, Type};

/// Everything that a library exports: one item a line, sorted, without its words.
///
/// # Errors
/// The library cannot be read.
pub fn api(library: &Path) -> Result<String> {
    let library = library.to_str().unwrap_or_default();
    let mut lines: Vec<String> = extract_from_library(library.into())?.iter().flat_map(lines).collect();
    lines.sort();
    lines.dedup();
    Ok(lines.join("\n") + "\n")
}

fn lines(item: &Metadata) -> Vec<String> {
    let call = |of: &str, name: &str, is_async: bool, inputs: &[FnParamMetadata], out: Option<&Type>, throws: Option<&Type>| {
        let inputs: Vec<String> = inputs.iter().map(|input| format!("{}: {}{}", input.name, said(&input.ty), default(input.default.as_ref()))).collect();
        let out = out.map(|out| format!(" -> {}", said(out))).unwrap_or_default();
        let throws = throws.map(|throws| format!(" throws {}", said(throws))).unwrap_or_default();
        vec![format!("{of}{}{name}({}){out}{throws}", if is_async { "async " } else { "" }, inputs.join(", "))]
    };
    match item {
        Metadata::Func(f) => call("function ", &f.name, f.is_async, &f.inputs, f.return_type.as_ref(), f.throws.as_ref()),
        Metadata::Object(o) => vec![format!("object {}", o.name)],
        Metadata::Constructor(c) => call(&format!("object {}: constructor ", c.self_name), &c.name, c.is_async, &c.inputs, None, c.throws.as_ref()),
        Metadata::Method(m) => call(&format!("object {}: ", m.self_name), &m.name, m.is_async, &m.inputs, m.return_type.as_ref(), m.throws.as_ref()),
        Metadata::TraitMethod(m) => {
            let of = format!("trait {}: {} ", m.trait_name, m.index);
            call(&of, &m.name, m.is_async, &m.inputs, m.return_type.as_ref(), m.throws.as_ref())
        }
        Metadata::CallbackInterface(c) => vec![format!("trait {}", c.name)],
        Metadata::Record(r) => vec![format!("record {} {{ {} }}", r.name, fields(&r.fields))],
        Metadata::Enum(e) => {
            let variants: Vec<String> = e.variants.iter().map(|v| format!("{}({})", v.name, fields(&v.fields))).collect();
            vec![format!("enum {} {{ {} }}", e.name, variants.join(", ").replace("()", ""))]
        }
        Metadata::CustomType(c) => vec![format!("type {}", c.name)],
        Metadata::Namespace(_) | Metadata::UdlFile(_) | Metadata::UniffiTrait(_) | Metadata::ObjectTraitImpl(_) => Vec::new(),
    }
}

fn fields(fields: &[FieldMetadata]) -> String {
    let all: Vec<String> = fields.iter().map(|f| format!("{}: {}{}", f.name, said(&f.ty), default(f.default.as_ref()))).collect();
    all.join(", ")
}

fn default(default: Option<&DefaultValueMetadata>) -> &'static str {
    if default.is_some() { " = default" } else { "" }
}

fn said(ty: &Type) -> String {
    match ty {
        Type::Object { name, .. } | Type::Record { name, .. } | Type::Enum { name, .. } | Type::CallbackInterface { name, .. } | Type::Custom { name, .. } => {
            name.clone()
        }
        Type::Box { inner_type } => said(inner_type),
        Type::Optional { inner_type } => format!("{}?", said(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", said(inner_type)),
        Type::Set { inner_type } => format!("{{{}}}", said(inner_type)),
        Type::Map { key_type, value_type } => format!("{{{}: {}}}", said(key_type), said(value_type)),
        plain => format!("{plain:?}"),
    }
}
