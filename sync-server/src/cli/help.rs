//! The help text from the catalogue: `cli-<command>` for commands, `cli-arg-<name>` for what they take.

use clap::{Arg, ArgAction, Command, CommandFactory};
use minqing_core::words::{Lang, say};

/// The command with its help said in a language.
pub fn command<T: CommandFactory>(lang: Lang) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    said(T::command().disable_version_flag(true).arg(version), lang, "cli")
}

fn said(command: Command, lang: Lang, key: &str) -> Command {
    let words = |key: &str| say(lang, key, &[]);
    // clap's own flag and headings speak English only.
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let command = command.about(words(key)).disable_help_flag(true).disable_help_subcommand(true).arg(help);
    let command = command.mut_args(|arg| {
        let text = words(&format!("cli-arg-{}", arg.get_id().as_str().replace('_', "-")));
        let takes = arg.get_action().takes_values();
        let arg = arg.help(text).hide_env(true);
        if takes { arg.hide_possible_values(true) } else { arg }
    });
    let part = |there: bool, heading: &str, tag: &str| if there { format!("\n\n{}:\n{tag}", words(heading)) } else { String::new() };
    let frame = [
        format!("{{about}}\n\n{}: {{usage}}", words("cli-usage")),
        part(command.has_subcommands(), "cli-commands", "{subcommands}"),
        part(command.get_positionals().next().is_some(), "cli-values", "{positionals}"),
        part(true, "cli-options", "{options}"),
    ];
    let command = command.help_template(frame.concat());
    command.mut_subcommands(|sub| {
        let key = format!("{key}-{}", sub.get_name());
        said(sub, lang, &key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Line;

    fn walk(command: &mut Command, seen: &mut Vec<String>) {
        seen.push(command.render_help().to_string());
        command.get_subcommands_mut().for_each(|c| walk(c, seen));
    }

    #[test]
    fn every_command_and_argument_is_said() {
        for (lang, usage) in [(Lang::Zh, "用法"), (Lang::En, "Usage")] {
            let mut seen = Vec::new();
            let mut command = command::<Line>(lang);
            command.build();
            walk(&mut command, &mut seen);
            assert_eq!(seen.len(), 78);
            for help in seen {
                assert!(!help.contains("cli-") && help.contains(usage), "{help}");
                assert!(lang == Lang::En || !help.contains("Print"), "{help}");
            }
        }
    }
}
