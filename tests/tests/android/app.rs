//! The app itself: compiled, clicked through by Robolectric against the real library and a real office, drawn, and assembled.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::PoisonError,
};

use minqing_tests::bindings::generate;

use crate::bindings::world::{MAVEN, kept, phone_library, world};

/// What Maven said, and whether it came to its end.
fn maven(goals: &[&str], world: &Path) -> (bool, String) {
    let (root, library) = (Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), phone_library());
    let dirs: [(&str, PathBuf); 4] = [
        ("bindings", kept("android").join("bindings")),
        ("buildDir", kept("android").join("build")),
        ("library", library.parent().unwrap().to_owned()),
        ("pictures", root.join("target/pictures/android")),
    ];
    let mut maven = Command::new("mvn");
    maven.args(["-B", "-ntp", "-f"]).arg(root.join("android/pom.xml")).args(goals).env("MINQING_WORLD", world);
    maven.args(dirs.iter().map(|(name, dir)| format!("-D{name}={}", dir.display())));
    let done = maven.output().unwrap_or_else(|e| panic!("mvn does not run ({e}): tests/run installs what is missing"));
    (done.status.success(), format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)))
}

#[test]
fn the_app_is_clicked_through_against_a_real_office_and_assembled() {
    let _alone = MAVEN.lock().unwrap_or_else(PoisonError::into_inner);
    generate(&phone_library(), "kotlin", &kept("android").join("bindings")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let (_server, world) = world(dir.path());
    let file = dir.path().join("world.json");
    fs::write(&file, world.to_string()).unwrap();
    let (passed, said) = maven(&["test"], &file);
    assert!(passed && said.contains("app: a day was played"), "{said}");
    let (packed, said) = maven(&["package", "-DskipTests"], &file);
    // The dexer is found where Google's repository is; what it needs to be installed elsewhere, android/README.md says.
    if !packed && said.contains("com.android.tools:r8") {
        println!("android: SKIPPED, no APK was assembled: com.android.tools:r8 cannot be fetched here");
        return;
    }
    assert!(packed, "{said}");
    let apk = kept("android").join("build/apk/app.apk");
    let bytes = fs::metadata(&apk).unwrap().len();
    assert!(bytes <= 3 << 20, "{bytes} bytes without the core");
    println!("android: {} of {bytes} bytes, signed with a throw-away key and verified; pictures in target/pictures/android", apk.display());
}
