//! What everybody is shown of the bot: menus and descriptions, in every language. Menus of single chats (admins,
//! technicians) go through the outbox when somebody's rights change.
use crate::core::World;
use crate::core::directory::{At, COMMANDS, For, menu};
use crate::render::{self, outgoing::Menu};
use crate::telegram::commands::{About, Scope};
use crate::vocabulary::lang::Lang;
use crate::vocabulary::say::Text;

/// The menus that everybody sees.
pub fn menus(world: &World) -> Vec<(Scope, Menu)> {
    // Only an admin of the service can bind, and Telegram cannot know who that is: no group menu shows it.
    let groups = COMMANDS.iter().filter(|c| c.menu && c.who == For::Everyone && c.at != At::Private);
    let groups: Vec<String> = groups.map(|c| c.name.to_owned()).collect();
    [(Scope::Private, menu(For::Everyone)), (Scope::Groups, groups)]
        .into_iter()
        .flat_map(|(scope, names)| render::menus(world, &names).into_iter().map(move |menu| (scope, menu)))
        .collect()
}

/// What the bot says about itself. English for those who speak neither language.
pub fn about(world: &World) -> Vec<About> {
    [(None, Lang::En), (Some("zh"), Lang::Zh)]
        .into_iter()
        .map(|(language, lang)| About {
            language: language.map(str::to_owned),
            description: render::plain(world, &Text::new("about"), lang),
            short: render::plain(world, &Text::new("about-short"), lang),
        })
        .collect()
}
