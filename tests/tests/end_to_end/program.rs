//! The `minqing` binary as an administrator runs it.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use minqing_tests::{hands::Hands, phone::Phone};
use serde_json::Value;

/// Where the binaries lie that `cargo build --workspace` made: cargo builds a package's binaries only for its own tests.
pub fn minqing() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let binary = tests.parent().and_then(Path::parent).unwrap().join("minqing");
    assert!(binary.exists(), "{} is missing: run `cargo build --workspace`", binary.display());
    binary
}

/// Runs a command to its end.
pub fn run(data: &Path, args: &[&str]) -> Output {
    Command::new(minqing()).arg("--data").arg(data).args(args).output().unwrap()
}

/// Runs a command that needs no office to its end.
pub fn alone(args: &[&str]) -> Output {
    Command::new(minqing()).args(args).output().unwrap()
}

/// Begins a command.
pub fn start(data: &Path, args: &[&str]) -> Child {
    Command::new(minqing()).arg("--data").arg(data).args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Runs a command that must succeed and answer with one line of JSON.
pub fn json(data: &Path, args: &[&str]) -> Value {
    line_of(&run(data, &[args, &["--json"]].concat()), args)
}

/// The one line of JSON of a command that succeeded.
pub fn line_of(done: &Output, args: &[&str]) -> Value {
    let out = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{args:?}: {out}{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(out.lines().count(), 1, "{out}");
    serde_json::from_str(&out).unwrap()
}

/// A community of one grid, served, with one officer and that officer's phone.
pub fn with_one_phone(dir: &Path, hands: &Hands, seed: u64) -> (Serving, Phone) {
    with_one_phone_and(dir, hands, seed, &[])
}

/// The same with settings in the environment.
pub fn with_one_phone_and(dir: &Path, hands: &Hands, seed: u64, env: &[(&str, &str)]) -> (Serving, Phone) {
    const COMMUNITY: &str = "620102001001";
    let data = dir.join("office");
    json(&data, &["admin", "community", "add", COMMUNITY, "--grids", "1"]);
    let server = Serving::start_with(&data, env);
    let officer = json(&data, &["admin", "officer", "add", "信息员", "--community", COMMUNITY, "--grids", "001"]);
    let code = json(&data, &["admin", "code", officer["officer"].as_str().unwrap()]);
    let mut phone = Phone::open(&dir.join("phone"), hands, seed, 1, 0).unwrap();
    phone.enrol(&server.url, code["code"].as_str().unwrap()).unwrap();
    (server, phone)
}

/// `minqing serve` in a process of its own.
pub struct Serving {
    child: Child,
    pub url: String,
    /// The page that opens an office in which nobody works yet; empty where somebody does.
    pub first_run: String,
}

impl Serving {
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// The same with settings in the environment.
    pub fn start_with(data: &Path, env: &[(&str, &str)]) -> Self {
        Self::begin(Command::new(minqing()).envs(env.iter().copied()), data)
    }

    /// The same with a disk on which no file grows beyond so many KiB.
    pub fn start_within(data: &Path, kib: u64) -> Self {
        let limited = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
        Self::begin(Command::new("bash").args(["-c", &limited]).arg(minqing()), data)
    }

    fn begin(command: &mut Command, data: &Path) -> Self {
        let mut child =
            command.arg("--data").arg(data).args(["serve", "--listen", "127.0.0.1:0", "--json"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let at = said["listening"].as_str().unwrap();
        let url = if at.starts_with("http") { at.to_owned() } else { format!("http://{at}") };
        Self { child, url, first_run: said["first_run"].as_str().unwrap_or_default().to_owned() }
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGTERM; the process ends when it has finished what it began.
    pub fn tell_to_stop(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for the end; the exit code, nothing where a signal ended it.
    pub fn ended(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
