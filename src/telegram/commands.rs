//! What the bot shows of itself before a word is said: command menus, descriptions. Nobody is shown a command that they
//! cannot use.
use teloxide::payloads::{
    DeleteMyCommands, DeleteMyCommandsSetters, SetMyCommands, SetMyCommandsSetters, SetMyDescription, SetMyShortDescription,
};
use teloxide::types::{BotCommand, BotCommandScope, ChatId, Recipient};

use crate::outbox::transport::SendError;
use crate::render::outgoing::Menu;
use crate::telegram::client::{Client, SEND};
use crate::telegram::raw;

/// Who sees a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody in private.
    Private,
    /// Members of every group.
    Groups,
    /// One chat. Telegram knows a person's chat only once they wrote to the bot.
    Chat(i64),
}

/// What the bot says about itself in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Two letters (`zh`); `None`: all who have none in their own language.
    pub language: Option<String>,
    /// Shown in the empty chat before START; at most 512 characters.
    pub description: String,
    /// Shown on the profile and with links; at most 120 characters.
    pub short: String,
}

impl Client {
    /// Sets menus and descriptions. One that fails is logged and left out: the bot works without.
    pub async fn introduce(&self, menus: &[(Scope, Menu)], about: &[About]) {
        for (scope, menu) in menus {
            if let Err(error) = self.set_menu(*scope, menu).await {
                tracing::warn!(%error, ?scope, "a command menu was not set");
            }
        }
        for about in about {
            let mut long = SetMyDescription::new();
            long.language_code.clone_from(&about.language);
            long.description = Some(about.description.clone());
            let mut short = SetMyShortDescription::new();
            short.language_code.clone_from(&about.language);
            short.short_description = Some(about.short.clone());
            let told = [raw::ask(&self.bot, long, SEND).await, raw::ask(&self.bot, short, SEND).await];
            for error in told.into_iter().filter_map(Result::err) {
                tracing::warn!(%error, "a description of the bot was not set");
            }
        }
    }

    /// Sets one menu; without commands takes it away, so that the next wider one shows.
    pub(super) async fn set_menu(&self, scope: Scope, menu: &Menu) -> Result<(), SendError> {
        if menu.commands.is_empty() {
            let mut request = DeleteMyCommands::new().scope(scope_of(scope));
            request.language_code.clone_from(&menu.language);
            return raw::ask(&self.bot, request, SEND).await.map(drop);
        }
        raw::ask(&self.bot, request(scope, menu), SEND).await.map(drop)
    }
}

fn scope_of(scope: Scope) -> BotCommandScope {
    match scope {
        Scope::Private => BotCommandScope::AllPrivateChats,
        Scope::Groups => BotCommandScope::AllGroupChats,
        Scope::Chat(chat) => BotCommandScope::Chat { chat_id: Recipient::Id(ChatId(chat)) },
    }
}

fn request(scope: Scope, menu: &Menu) -> SetMyCommands {
    let commands = menu.commands.iter().map(|(command, description)| BotCommand::new(command, description));
    let mut request = SetMyCommands::new(commands).scope(scope_of(scope));
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
        let menu = Menu { language: Some("zh".to_owned()), commands };
        let expected = json!({"commands": [{"command": "report", "description": "报修"}],
            "scope": {"type": "chat", "chat_id": 7}, "language_code": "zh"});
        assert_eq!(serde_json::to_value(request(Scope::Chat(7), &menu)).unwrap(), expected);
    }
}
