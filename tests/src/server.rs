//! The real server in a child process, with its hands turned from here; it ends with its parent.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, channel},
    },
};

use anyhow::{Context, Result, bail};
use minqing_core::{
    Id,
    event::Said,
    model::{EventCode, Role},
};
use minqing_sync_server::{
    App, backup, booking,
    config::Config,
    pipeline::{self, Deed, Texts},
    serve, sync,
};

use crate::hands::{Dice, Hands};

/// How a program that can be the server's child process is called.
pub const CHILD: &str = "--as-server";

/// A running server.
pub struct Server {
    child: Child,
    orders: ChildStdin,
    says: Receiver<String>,
    /// Where it listens, as `http://127.0.0.1:8311`.
    pub url: String,
}

impl Server {
    /// Starts `program --as-server DIR PORT NOW_MS SEED START` and waits until it listens.
    pub fn start(program: &Path, dir: &Path, port: u16, now_ms: i64, seed: u64, start: u64) -> Result<Self> {
        let mut child = Command::new(program)
            .arg(CHILD)
            .args([dir.as_os_str().to_owned()])
            .args([port.to_string(), now_ms.to_string(), seed.to_string(), start.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the server's process")?;
        let orders = child.stdin.take().context("stdin")?;
        let out = BufReader::new(child.stdout.take().context("stdout")?);
        let (tell, says) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        let mut server = Self { child, orders, says, url: String::new() };
        let first = server.hear()?;
        server.url = first.strip_prefix("listening ").with_context(|| format!("the server said: {first}"))?.to_owned();
        Ok(server)
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Turns the server's hands.
    pub fn set_clock(&mut self, ms: i64) -> Result<()> {
        self.order(&format!("clock {ms}"))
    }

    /// From now on the server stops between received and applied, as if it hung there.
    pub fn stick(&mut self) -> Result<()> {
        self.order("stick")
    }

    /// Waits until a request hangs there.
    pub fn wait_until_stuck(&mut self) -> Result<()> {
        match self.hear()?.as_str() {
            "stuck" => Ok(()),
            other => bail!("the server said: {other}"),
        }
    }

    /// SIGKILL, and a new process on the same directory and port.
    pub fn kill_and_restart(&mut self, program: &Path, dir: &Path, now_ms: i64, seed: u64, start: u64) -> Result<()> {
        self.kill()?;
        self.start_again(program, dir, now_ms, seed, start)
    }

    /// SIGKILL.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// A new process on a directory, on the same port.
    pub fn start_again(&mut self, program: &Path, dir: &Path, now_ms: i64, seed: u64, start: u64) -> Result<()> {
        let port = self.url.rsplit(':').next().and_then(|p| p.parse().ok()).context("the server's port")?;
        *self = Self::start(program, dir, port, now_ms, seed, start)?;
        Ok(())
    }

    /// Writes a backup while the server runs.
    pub fn backup(&mut self, file: &Path) -> Result<()> {
        self.order(&format!("backup {}", file.display()))
    }

    /// Puts a backup in the place of the directory of a server that is down; returns where the old one lies.
    pub fn restore(&self, dir: &Path, file: &Path, now_ms: i64, seed: u64, start: u64) -> Result<Option<PathBuf>> {
        let dice = Dice::new(seed, 0xfffe_0000_0000 + start);
        Ok(backup::restore(file, dir, &Hands::at(now_ms), &dice).context("the restore")?.before)
    }

    /// Adopts what was put aside under a name, as the office does.
    pub fn adopt(&mut self, name: &str) -> Result<()> {
        self.order(&format!("adopt {name}"))
    }

    /// Does what a resident does: {matter, by, event, said, text}.
    pub fn resident(&mut self, deed: &serde_json::Value) -> Result<()> {
        self.order(&format!("resident {deed}"))
    }

    /// Does what clocks have come to by now; it would do so by itself within half a minute.
    pub fn run_timers(&mut self) -> Result<()> {
        self.order("timers now")
    }

    /// Waits until the server ends by itself.
    pub fn wait(&mut self) -> Result<()> {
        self.child.wait()?;
        Ok(())
    }

    fn order(&mut self, order: &str) -> Result<()> {
        writeln!(self.orders, "{order}")?;
        self.orders.flush()?;
        match self.hear()?.as_str() {
            "ok" => Ok(()),
            other => bail!("the server said: {other}"),
        }
    }

    fn hear(&mut self) -> Result<String> {
        self.says.recv().context("the server's process has ended")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn do_for_the_office(app: &App, job: &str, what: &str) -> Result<()> {
    match job {
        "backup" => drop(backup::save(app, Path::new(what))?),
        "adopt" => drop(sync::adopt(app, sync::parse_name(what)?)?),
        // What a resident does on a page that is not built yet.
        "resident" => {
            let said: serde_json::Value = serde_json::from_str(what)?;
            let code = EventCode::from_word(said["event"].as_str().unwrap_or_default()).context("an event")?;
            let payload = Said::from_json(code, said["said"].clone())?.encode();
            let id = |name: &str| -> Result<Id> { Ok(said[name].as_str().unwrap_or_default().parse()?) };
            let (matter, by) = (id("matter")?, id("by")?);
            let texts = Texts { text: said["text"].as_str().unwrap_or_default().to_owned(), ..Texts::default() };
            pipeline::act(app, &Deed { matter, by, role: Role::Resident, works_for: Vec::new(), code, payload, texts, saw: u64::MAX >> 1 })?;
        }
        "timers" => {
            pipeline::run_due(app)?;
            booking::run_due(app)?;
        }
        _ => bail!("no such order: {job}"),
    }
    Ok(())
}

/// The settings of a server in a directory.
pub fn config(dir: &Path) -> Result<Config> {
    Ok(Config { data: dir.to_owned(), ..Config::load(None, [])? })
}

/// The child's side: serves until its parent is gone. `args` are those after [`CHILD`].
pub fn be_the_server(args: &[String]) -> Result<()> {
    let [dir, port, now, seed, start] = args else { bail!("wrong use of {CHILD}") };
    let hands = Hands::at(now.parse()?);
    let dice = Arc::new(Dice::new(seed.parse()?, 0xffff_0000_0000 + start.parse::<u64>()?));
    let mut app = App::open(config(&PathBuf::from(dir))?, Arc::new(hands.clone()), dice)?;
    let stick = Arc::new(AtomicBool::new(false));
    let sticks = stick.clone();
    app.received = Arc::new(move || {
        if sticks.load(Ordering::SeqCst) {
            println!("stuck");
            loop {
                std::thread::park();
            }
        }
    });
    let office = app.clone();
    std::thread::spawn(move || {
        for order in std::io::stdin().lock().lines().map_while(Result::ok) {
            match order.split_once(' ') {
                Some(("clock", ms)) => hands.set(ms.parse().unwrap_or(0)),
                Some((job, what)) => {
                    if let Err(e) = do_for_the_office(&office, job, what) {
                        println!("{e:#}");
                        continue;
                    }
                }
                None => stick.store(order == "stick", Ordering::SeqCst),
            }
            println!("ok");
        }
        // The parent is gone.
        std::process::exit(0);
    });
    let port: u16 = port.parse()?;
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        println!("listening http://{}", listener.local_addr()?);
        serve(app, listener, std::future::pending()).await?;
        Ok(())
    })
}
