//! Command menus: who sees which commands, in which language.
use crate::core::World;
use crate::core::directory::{At, COMMANDS, Command, For};
use crate::render;
use crate::telegram::commands::{Menu, Scope};
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::Text;

/// All menus. English for those who speak neither language.
pub fn menus(world: &World) -> Vec<Menu> {
    let mut menus = Vec::new();
    for (language, lang) in [(None, Lang::En), (Some("zh"), Lang::Zh)] {
        let menu = |scope: Scope, shown: fn(&&Command) -> bool| Menu {
            scope,
            language: language.map(str::to_owned),
            commands: COMMANDS
                .iter()
                .filter(|c| c.menu && c.who == For::Everyone)
                .filter(shown)
                .map(|c| (c.name.to_owned(), render::plain(world, &Text::new(format!("command-{}", c.name)), lang)))
                .collect(),
        };
        menus.push(menu(Scope::Private, |c| c.at != At::Group));
        // Only an admin of the service can bind, and Telegram cannot know who that is: no group menu shows it.
        menus.push(menu(Scope::Groups, |c| c.at != At::Private));
    }
    menus
}
