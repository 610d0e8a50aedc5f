//! Command menus: who sees which commands, in which language.
use crate::core::World;
use crate::render;
use crate::telegram::commands::{Menu, Scope};
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::Text;

const PRIVATE: [&str; 6] = ["report", "status", "cancel", "help", "language", "privacy"];

/// All menus. English for those who speak neither language.
pub fn menus(world: &World) -> Vec<Menu> {
    let mut menus = Vec::new();
    for (language, lang) in [(None, Lang::En), (Some("zh"), Lang::Zh)] {
        let menu = |scope: Scope, commands: &[&str]| Menu {
            scope,
            language: language.map(str::to_owned),
            commands: commands
                .iter()
                .map(|c| ((*c).to_owned(), render::plain(world, &Text::new(format!("command-{c}")), lang)))
                .collect(),
        };
        menus.push(menu(Scope::Private, &PRIVATE));
        // Only an admin of the service can bind, and Telegram cannot know who that is: no group menu shows it.
        menus.push(menu(Scope::Groups, &["help"]));
    }
    menus
}
