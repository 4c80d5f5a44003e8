//! A story of `tests/pages`, told by Node.js in a real browser.

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

/// A story that is being told.
pub struct Story {
    name: String,
    child: Child,
    says: BufReader<ChildStdout>,
}

impl Story {
    /// Begins one with what it needs to know; pictures of what it sees go where `MINQING_PICTURES` says, or to `target/pictures`.
    pub fn begin(name: &str, mut given: Value) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let at = |variable: &str, or: &str| env::var_os(variable).map_or_else(|| here.join(or), PathBuf::from);
        let pictures = at("MINQING_PICTURES", "../target/pictures");
        std::fs::create_dir_all(&pictures).unwrap();
        given["pictures"] = pictures.to_str().into();
        let mut command = Command::new("node");
        command.arg(here.join("pages").join(format!("{name}.cjs"))).env("MINQING_BROWSER", at("MINQING_BROWSER", "../target/browser"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("Node.js is missing: tests/run installs it");
        child.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
        let says = BufReader::new(child.stdout.take().unwrap());
        Self { name: name.to_owned(), child, says }
    }

    /// The next line that it says.
    pub fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.says.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| self.fail())
    }

    /// Waits for its end; it must be a good one.
    pub fn end(mut self) {
        let mut rest = String::new();
        self.says.read_to_string(&mut rest).unwrap();
        if !self.child.wait().unwrap().success() {
            self.fail::<()>();
        }
    }

    fn fail<T>(&mut self) -> T {
        let mut why = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
        panic!("the story {} went wrong: {why}", self.name);
    }
}
