//! The command line: `minqing serve`, `minqing admin …`, `minqing aside …`, `minqing backup`, `minqing restore`,
//! `minqing import`, `minqing export`, `minqing figures`, `minqing doctor`, `minqing survey`, `minqing slips`, `minqing calendar …`, `minqing config`, `minqing pipeline …`,
//! `minqing plan`, `minqing rebuild --check`.
//!
//! Exit codes: 0 ok, 1 the machine failed or a check did, 2 wrong use. With `--json` one line stands on
//! stdout and everything else on stderr.

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{FromArgMatches, Parser, Subcommand, error::ErrorKind};
use minqing_core::{calendar::Calendar, words::Lang};

use crate::{
    config::{Config, Settings},
    fault::Fault,
    rounds::child,
};

mod admin;
mod aside;
mod backup;
mod calendar;
mod config;
mod doctor;
mod export;
mod figures;
mod handles;
mod help;
mod import;
mod out;
mod pipeline;
mod plan;
mod rebuild;
mod serve;
mod slips;
mod survey;

pub use admin::Admin;
use out::Out;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "minqing", version)]
struct Line {
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "FILE", env = "MINQING_CONFIG")]
    config: Option<PathBuf>,
    #[arg(long, global = true)]
    json: bool,
    #[arg(long, global = true, value_name = "zh|en")]
    lang: Option<String>,
    #[command(subcommand)]
    job: Job,
}

#[derive(Debug, Subcommand)]
enum Job {
    Serve {
        #[arg(long, value_name = "ADDRESS:PORT")]
        listen: Option<String>,
    },
    Admin {
        #[command(subcommand)]
        what: Admin,
    },
    Aside {
        #[command(subcommand)]
        what: aside::Aside,
    },
    Backup {
        file: PathBuf,
    },
    Restore {
        file: PathBuf,
    },
    Import {
        #[command(subcommand)]
        what: import::Import,
    },
    Export(export::Export),
    Figures(figures::Figures),
    Doctor,
    Config,
    Pipeline {
        #[command(subcommand)]
        what: pipeline::Pipeline,
    },
    Plan(plan::Planning),
    Rebuild {
        #[arg(long, required = true)]
        check: bool,
    },
    Survey {
        form: Option<String>,
    },
    Slips(slips::Slips),
    Calendar {
        #[command(subcommand)]
        what: calendar::Calendars,
    },
}

/// The binary's main: runs what the process was called with.
pub fn main() -> ExitCode {
    run(std::env::args_os())
}

/// Runs a command line, the program's name first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<_> = args.into_iter().collect();
    if child::is_meant(&args) {
        return child::be();
    }
    let lang = language(&args, |name| std::env::var(name).ok());
    let read = help::command::<Line>(lang).try_get_matches_from(&args).and_then(|m| Line::from_arg_matches(&m));
    match read {
        Ok(line) => {
            let out = Out { json: line.json, lang };
            match work(line, &out) {
                Ok(code) => code,
                Err(fault) => out.fail(&fault),
            }
        }
        Err(e) if matches!(e.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            let _ = e.print();
            ExitCode::SUCCESS
        }
        Err(e) => {
            // clap says in English which word it was; our sentence says what to do.
            eprint!("{}", e.render());
            let json = args.iter().any(|a| a == "--json");
            Out { json, lang }.fail(&Fault::new("cli.usage", ""))
        }
    }
}

fn work(line: Line, out: &Out) -> Result<ExitCode, Fault> {
    // Without an office it needs neither settings nor data.
    if let (Job::Calendar { what }, None) = (&line.job, &line.data)
        && what.only_asks()
    {
        return calendar::answer(what, Calendar::shipped(), out).map(|()| ExitCode::SUCCESS);
    }
    if let Job::Plan(what) = &line.job {
        return plan::run(what, out).map(|()| ExitCode::SUCCESS);
    }
    let text = match &line.config {
        Some(file) => Some(std::fs::read_to_string(file).map_err(|_| Fault::new("config.file", file.display().to_string()))?),
        None => None,
    };
    let mut settings = Settings::read(text.as_deref(), std::env::vars_os().filter_map(readable))?;
    if let Some(data) = &line.data {
        settings.set("data", &data.to_string_lossy())?;
    }
    let ok = |()| ExitCode::SUCCESS;
    if matches!(line.job, Job::Config) {
        return config::show(settings, out).map(ok);
    }
    let config = Config { data: line.data.unwrap_or_else(|| settings.data()), ..settings.config()? };
    match line.job {
        Job::Config | Job::Plan(_) => Ok(ExitCode::SUCCESS),
        Job::Calendar { what } => calendar::run(&what, config, out).map(ok),
        Job::Slips(what) => slips::run(&what, config, out).map(ok),
        Job::Serve { listen } => serve::run(Config { listen: listen.unwrap_or(config.listen), ..config }, out).map(ok),
        Job::Admin { what } => admin::run(what, config, out).map(ok),
        Job::Import { what } => import::run(what, config, out),
        Job::Export(what) => export::run(what, config, out).map(ok),
        Job::Figures(what) => figures::run(what, config, out).map(ok),
        Job::Doctor => Ok(doctor::run(&config, out)),
        Job::Aside { what } => aside::run(what, config, out).map(ok),
        Job::Backup { file } => backup::save(config, &file, out).map(ok),
        Job::Restore { file } => backup::restore(&config, &file, out).map(ok),
        Job::Survey { form } => survey::run(form.as_deref(), config, out).map(ok),
        Job::Pipeline { what } => pipeline::run(what, config, out).map(ok),
        Job::Rebuild { check: _ } => rebuild::check(config, out).map(ok),
    }
}

/// A variable that is not text is no setting of ours.
fn readable((name, value): (OsString, OsString)) -> Option<(String, String)> {
    Some((name.into_string().ok()?, value.into_string().ok()?))
}

/// `--lang` first, then LC_ALL, then LANG; Chinese unless it begins with en. Read before clap, whose help needs it.
fn language(args: &[OsString], env: impl Fn(&str) -> Option<String>) -> Lang {
    let args: Vec<_> = args.iter().filter_map(|a| a.to_str()).collect();
    let after = args.iter().position(|a| *a == "--lang").and_then(|i| args.get(i + 1).copied());
    let asked = after.or_else(|| args.iter().find_map(|a| a.strip_prefix("--lang="))).map(str::to_owned);
    let set = |name| env(name).filter(|v| !v.is_empty());
    let tag = asked.or_else(|| set("LC_ALL")).or_else(|| set("LANG")).unwrap_or_default();
    tag.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn chinese_unless_asked_otherwise() {
        let lang = |line: &str, env: &[(&str, &str)]| language(&args(line), |name| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()));
        assert_eq!(lang("minqing", &[]), Lang::Zh);
        assert_eq!(lang("minqing", &[("LANG", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(lang("minqing", &[("LANG", "en_GB.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")]), Lang::Zh);
        assert_eq!(lang("minqing", &[("LANG", "en"), ("LC_ALL", "")]), Lang::En);
        assert_eq!(lang("minqing --lang en", &[]), Lang::En);
        assert_eq!(lang("minqing --lang=zh", &[("LANG", "en")]), Lang::Zh);
    }

    #[test]
    fn exit_codes_say_who_was_wrong() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().display();
        let code = |line: &str| format!("{:?}", run(args(&format!("minqing --data {data} {line}"))));
        let ok = format!("{:?}", ExitCode::SUCCESS);
        let wrong = format!("{:?}", ExitCode::from(2));
        assert_eq!(code("admin community add 620102001001 --grids 2"), ok);
        assert_eq!(code("admin officer add 马志强 --community 620102001001 --grids 001,002"), ok);
        assert_eq!(code("admin officer add 马志强 --community 620102001001 --grids 003"), wrong);
        assert_eq!(code("admin staff add 马春兰 --role C --community 620102001001"), ok);
        assert_eq!(code("admin staff add 马春兰 --role X --community 620102001001"), wrong);
        assert_eq!(code("admin code nonsense"), wrong);
        assert_eq!(code("admin form add /nowhere --community 620102001001"), wrong);
        let form = concat!(env!("CARGO_MANIFEST_DIR"), "/data/forms/social_opinion.json");
        assert_eq!(code(&format!("admin form add {form} --community 620102001001")), ok);
        assert_eq!(code(&format!("admin form add {form} --community 999999999999")), wrong);
        let notice = concat!(env!("CARGO_MANIFEST_DIR"), "/data/notices/old_age_allowance.json");
        assert_eq!(code(&format!("admin notice add {notice} --community 620102001001")), ok);
        assert_eq!(code(&format!("admin notice add {form} --community 620102001001")), wrong);
        assert_eq!(code("admin notice list --community 620102001001"), ok);
        assert_eq!(code("admin notice withdraw nonsense"), wrong);
        assert_eq!(code("survey"), ok);
        assert_eq!(code(&format!("survey {}", minqing_core::document::form::form_id("620102001001", "social_opinion"))), ok);
        assert_eq!(code("survey nonsense"), wrong);
        assert_eq!(code("calendar due --from 2026-09-30T16:00 --days 3"), ok);
        assert_eq!(code("calendar due --from yesterday --days 3"), wrong);
        assert_eq!(code("calendar due --from 2026-09-30 --days 10001"), wrong);
        assert_eq!(code("calendar show 2027"), ok);
        assert_eq!(code("calendar show 2006"), wrong);
        let day = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/day.json");
        assert_eq!(code(&format!("plan {day} --planner insertion")), ok);
        assert_eq!(code(&format!("plan {day} --seconds 0")), wrong);
        assert_eq!(code(&format!("plan {form}")), wrong);
        assert_eq!(code("plan /nowhere"), wrong);
        assert_eq!(code("dance"), wrong);
        assert_eq!(code("--help"), ok);
        assert_eq!(code("--config /nowhere admin code x"), wrong);
    }
}
