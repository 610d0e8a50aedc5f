//! Every command: where it works, who may use it, whether a menu shows it. The one place that menus, refusals and the
//! tests of rights are made from.
//!
//! A command is refused before it is run, and refused alike whether it is unknown or not for this person: nobody learns
//! from an answer what others can do.

/// Where a command works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// In private only; in a group the person is sent there.
    Private,
    /// In groups only.
    Group,
    /// In both.
    Anywhere,
}

/// Who may use a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// Everybody.
    Everyone,
    /// Technicians who are registered, dispatchers, admins.
    Staff,
    /// Dispatchers and admins.
    Dispatchers,
    /// Admins.
    Admins,
}

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Without the slash.
    pub name: &'static str,
    /// Where it works.
    pub at: At,
    /// Who may use it.
    pub who: For,
    /// Whether the menus show it; what it does is then told by the text `command-<name>`.
    pub menu: bool,
}

const fn command(name: &'static str, at: At, who: For, menu: bool) -> Command {
    Command { name, at, who, menu }
}

/// Every command, in the order of the menus.
pub const COMMANDS: &[Command] = &[
    command("report", At::Private, For::Everyone, true),
    command("status", At::Private, For::Everyone, true),
    command("cancel", At::Private, For::Everyone, true),
    command("help", At::Anywhere, For::Everyone, true),
    command("language", At::Private, For::Everyone, true),
    command("privacy", At::Private, For::Everyone, true),
    command("mute", At::Private, For::Everyone, true),
    command("unmute", At::Private, For::Everyone, true),
    command("mine", At::Private, For::Staff, true),
    command("queue", At::Anywhere, For::Staff, true),
    command("ticket", At::Private, For::Staff, true),
    command("call", At::Private, For::Dispatchers, true),
    command("today", At::Anywhere, For::Dispatchers, true),
    command("stats", At::Anywhere, For::Dispatchers, true),
    command("broadcast", At::Private, For::Admins, true),
    command("setup", At::Private, For::Admins, true),
    command("crew", At::Private, For::Admins, true),
    command("districts", At::Private, For::Admins, true),
    command("hotline", At::Private, For::Admins, true),
    command("admins", At::Private, For::Admins, true),
    command("start", At::Anywhere, For::Everyone, false),
    command("id", At::Private, For::Everyone, false),
    command("bind", At::Group, For::Admins, false),
];

/// Names of the commands that the menu of a private chat shows to people with these rights.
pub fn menu(who: For) -> Vec<String> {
    let shown = COMMANDS.iter().filter(|c| c.menu && c.at != At::Group && c.who <= who);
    shown.map(|c| c.name.to_owned()).collect()
}

/// As [`menu`], where it differs from everybody's; else nothing.
pub fn own_menu(who: For) -> Vec<String> {
    let own = menu(who);
    if own == menu(For::Everyone) { Vec::new() } else { own }
}

/// The command of this name.
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|c| c.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_shows_what_its_reader_can_use_and_nothing_else() {
        for role in [For::Everyone, For::Staff, For::Dispatchers, For::Admins] {
            let shown = menu(role);
            for command in COMMANDS {
                let usable = command.menu && command.at != At::Group && command.who <= role;
                assert_eq!(shown.iter().any(|name| name == command.name), usable, "/{} for {role:?}", command.name);
            }
        }
        assert!(!menu(For::Staff).contains(&"stats".to_owned()) && menu(For::Staff).contains(&"ticket".to_owned()));
        assert_eq!(own_menu(For::Everyone), [""; 0], "everybody's menu is nobody's own");
        assert!(own_menu(For::Admins).contains(&"setup".to_owned()));
        let mut names: Vec<_> = COMMANDS.iter().map(|c| c.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len(), "a command stands once");
    }
}
