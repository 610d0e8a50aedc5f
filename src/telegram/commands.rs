//! The command menus: nobody is shown a command that they cannot use.
use teloxide::payloads::{SetMyCommands, SetMyCommandsSetters};
use teloxide::types::{BotCommand, BotCommandScope, ChatId, Recipient};

use crate::telegram::client::{Client, SEND};
use crate::telegram::raw;

/// Who sees a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody in private.
    Private,
    /// Members of every group.
    Groups,
    /// The administrators of every group.
    GroupAdministrators,
    /// One chat: an admin in private, or one group. Telegram knows the chat only once it wrote to the bot.
    Chat(i64),
}

/// A menu of commands for a scope and a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    /// Who sees it.
    pub scope: Scope,
    /// Two letters (`zh`, `en`); `None`: all who have no menu in their own language.
    pub language: Option<String>,
    /// Commands without `/`, and what they do (3 to 256 characters).
    pub commands: Vec<(String, String)>,
}

impl Client {
    /// Sets the menus. A menu that fails is logged and left out: the bot works without.
    pub async fn set_menus(&self, menus: &[Menu]) {
        for menu in menus {
            if let Err(error) = raw::ask(&self.bot, request(menu), SEND).await {
                tracing::warn!(%error, scope = ?menu.scope, "a command menu was not set");
            }
        }
    }
}

fn request(menu: &Menu) -> SetMyCommands {
    let scope = match menu.scope {
        Scope::Private => BotCommandScope::AllPrivateChats,
        Scope::Groups => BotCommandScope::AllGroupChats,
        Scope::GroupAdministrators => BotCommandScope::AllChatAdministrators,
        Scope::Chat(chat) => BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(chat)) },
    };
    let commands = menu.commands.iter().map(|(command, description)| BotCommand::new(command, description));
    let mut request = SetMyCommands::new(commands).scope(scope);
    request.language_code.clone_from(&menu.language);
    request
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_menu_names_scope_and_language() {
        let commands = vec![("report".to_owned(), "报修".to_owned())];
        let menu = Menu { scope: Scope::Chat(7), language: Some("zh".to_owned()), commands };
        let expected = json!({"commands": [{"command": "report", "description": "报修"}],
            "scope": {"type": "chat", "chat_id": 7}, "language_code": "zh"});
        assert_eq!(serde_json::to_value(request(&menu)).unwrap(), expected);
    }
}
