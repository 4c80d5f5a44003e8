//! The story in Kotlin, through the generated binding and the HTTP client that Android has.

use std::{path::Path, process::Command, sync::PoisonError};

use super::world::{MAVEN, kept, phone_library, plays};

#[test]
fn kotlin_plays_the_story() {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/kotlin/pom.xml");
    let _alone = MAVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let build = kept("kotlin").join("build");
    plays("kotlin", |bindings| {
        let mut maven = Command::new("mvn");
        maven.args(["-B", "-ntp", "-f"]).arg(module).arg("test");
        for (name, dir) in [("bindings", bindings), ("buildDir", build.as_path()), ("library", phone_library().parent().unwrap())] {
            maven.arg(format!("-D{name}={}", dir.display()));
        }
        maven
    });
}
