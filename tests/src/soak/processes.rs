//! The processes that are killed: the server as `minqing serve` runs it, and phones.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use minqing_core::model::NewVisit;
use minqing_sync_server::clock::{Clock, SystemClock};
use serde_json::Value;

use crate::{
    deeds::{Deed, carry_out},
    hands::Hands,
    ledger::last_items,
    phone::Phone,
};

/// How a program that can be a phone of this is called.
pub const PHONE: &str = "--as-soaked-phone";
/// The variable that makes a program the server's.
pub const SERVER: &str = "MINQING_SOAKED_SERVER";

/// `minqing serve`.
pub(super) struct ServerProcess {
    child: Child,
    program: PathBuf,
    dir: PathBuf,
    pub(super) url: String,
}

impl ServerProcess {
    pub(super) fn start(program: &Path, dir: &Path) -> Result<Self> {
        let (child, url) = serve(program, dir, "127.0.0.1:0")?;
        Ok(Self { child, program: program.to_owned(), dir: dir.to_owned(), url })
    }

    pub(super) fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// On the same port.
    pub(super) fn start_again(&mut self) -> Result<()> {
        let listen = self.url.trim_start_matches("http://").to_owned();
        (self.child, self.url) = serve(&self.program, &self.dir, &listen)?;
        Ok(())
    }
}

fn serve(program: &Path, dir: &Path, listen: &str) -> Result<(Child, String)> {
    let mut child = Command::new(program)
        .env(SERVER, "1")
        .arg("--data")
        .arg(dir)
        .args(["--json", "serve", "--listen", listen])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("the server's process")?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("stdout")?).read_line(&mut line)?;
    let said: Value = serde_json::from_str(&line).with_context(|| format!("the server said: {line}"))?;
    let at = said["listening"].as_str().context("where it listens")?;
    Ok((child, if at.starts_with("http") { at.to_owned() } else { format!("http://{at}") }))
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// A phone that writes and uploads without a pause.
pub(super) struct PhoneProcess {
    child: Child,
    says: Receiver<String>,
    saved: BTreeSet<String>,
    program: PathBuf,
    pub(super) dir: PathBuf,
    args: [String; 3],
}

impl PhoneProcess {
    pub(super) fn start(program: &Path, dir: &Path, url: &str, seed: u64, number: u64, start: u64) -> Result<Self> {
        let args = [url.to_owned(), seed.to_string(), number.to_string()];
        let (child, says) = begin(program, dir, &args, start)?;
        Ok(Self { child, says, saved: BTreeSet::new(), program: program.to_owned(), dir: dir.to_owned(), args })
    }

    /// Waits until a save returns.
    pub(super) fn hear_a_save(&mut self) -> Result<()> {
        let line = self.says.recv().context("the phone's process has ended")?;
        self.note(&line)
    }

    fn note(&mut self, line: &str) -> Result<()> {
        let Some(items) = line.strip_prefix("saved ") else { bail!("the phone said: {line}") };
        self.saved.extend(items.split(' ').map(str::to_owned));
        Ok(())
    }

    pub(super) fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        self.note_the_rest()
    }

    pub(super) fn start_again(&mut self, start: u64) -> Result<()> {
        (self.child, self.says) = begin(&self.program, &self.dir, &self.args, start)?;
        Ok(())
    }

    /// Lets it upload what it has and end.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.child.stdin.take().context("stdin")?.write_all(b"end\n")?;
        let ended = self.child.wait()?;
        self.note_the_rest()?;
        ensure!(ended.success(), "a phone ended with {ended}");
        Ok(())
    }

    /// The items of all saves that had returned.
    pub(super) fn saved(&self) -> BTreeSet<String> {
        self.saved.clone()
    }

    fn note_the_rest(&mut self) -> Result<()> {
        while let Ok(line) = self.says.recv() {
            self.note(&line)?;
        }
        Ok(())
    }
}

impl Drop for PhoneProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn begin(program: &Path, dir: &Path, args: &[String; 3], start: u64) -> Result<(Child, Receiver<String>)> {
    let mut child = Command::new(program).arg(PHONE).arg(dir).args(args).arg(start.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let out = BufReader::new(child.stdout.take().context("stdout")?);
    let (tell, says) = channel();
    thread::spawn(move || {
        // A line that the kill cut short was not said.
        for line in out.lines().map_while(Result::ok).filter(|line| line.ends_with('.')) {
            if tell.send(line.trim_end_matches(" .").to_owned()).is_err() {
                break;
            }
        }
    });
    Ok((child, says))
}

/// The child's side: `DIR URL SEED NUMBER START`.
///
/// # Errors
/// Of the disk; that the server cannot be reached is none.
pub fn be_the_phone(args: &[String]) -> Result<()> {
    let [dir, url, seed, number, start] = args else { bail!("wrong use of {PHONE}") };
    let (seed, number, start) = (seed.parse()?, number.parse()?, start.parse()?);
    let mut phone = Phone::open(Path::new(dir), &Hands::at(SystemClock.now_ms()), seed, number, start)?;
    let doors: Vec<String> = phone.client.households(0, 100)?.into_iter().map(|door| door.id).collect();
    let (tell, told) = channel();
    thread::spawn(move || {
        let mut line = String::new();
        // Also where the parent is gone.
        let _ = std::io::stdin().read_line(&mut line);
        let _ = tell.send(());
    });
    for (door, n) in doors.iter().cycle().zip(1..) {
        let visit =
            NewVisit { household: door.clone(), purpose: "routine".into(), outcome: "talked".into(), note: format!("{start}-{n}"), ..NewVisit::default() };
        carry_out(&mut phone, &Deed::Visit(visit))?;
        let items: Vec<String> = last_items(phone.file())?.into_iter().map(|(.., hash)| hash.to_string()).collect();
        println!("saved {} .", items.join(" "));
        if phone.exchange(url).is_err() {
            // The server is being killed or is not up again.
            thread::sleep(Duration::from_millis(20));
        }
        if told.try_recv().is_ok() {
            break;
        }
    }
    // What is held is asked for less and less often.
    for _ in 0..1_000 {
        if phone.sync(url).is_ok() && phone.client.today("zh".into())?.waiting == 0 {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(20));
    }
    bail!("something waits for ever")
}
