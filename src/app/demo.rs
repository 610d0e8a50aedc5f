//! `baoxiu demo`: a Bot API on loopback, the bot against it over HTTP exactly as against Telegram, and a page to chat in.
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::watch;

use crate::clock;
use crate::config::{Secret, Settings};
use crate::sandbox::{self, ADMIN, CREW, Options, Sandbox, World};

use super::{Failure, assets, first_admin, serve};

/// How long the bot may take to say hello.
const GREETING: Duration = Duration::from_secs(20);
/// Name of the database in its folder.
const DATABASE: &str = "baoxiu.db";
/// Hotline shown in the demo, unless one is set.
const HOTLINE: &str = "400-000-0000";

/// How the demo is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// Address to listen on.
    pub listen: Option<SocketAddr>,
    /// Folder to keep the data in.
    pub data: Option<PathBuf>,
    /// Without an admin, and the bot in no group yet: an owner's first hour is there to be walked through.
    pub fresh: bool,
}

/// Runs the demo until told to stop.
///
/// # Errors
/// When the address cannot be listened on, or the bot cannot start.
pub async fn demo(
    settings: &Settings,
    Wishes { listen, data, fresh }: Wishes,
    stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    // What is wrong in the dialogs is said before anything else is.
    assets::load(settings.dialogs.as_deref())?.with_gazetteer(settings.gazetteer.as_deref())?;
    let sandbox = listening(listen).await?;
    let temporary = tempfile::Builder::new().prefix("baoxiu-demo-").tempdir();
    let (folder, kept) = match &data {
        Some(folder) => {
            std::fs::create_dir_all(folder)
                .map_err(|e| Failure::new(format!("--data: the folder cannot be made ({})", e.kind())))?;
            (folder.as_path(), true)
        }
        None => match &temporary {
            Ok(folder) => (folder.path(), false),
            Err(e) => return Err(Failure::new(format!("no temporary folder can be made ({}); give one with --data", e.kind()))),
        },
    };
    let world = sandbox.world();
    if fresh {
        sandbox::fresh_scene(&world);
    } else {
        sandbox::scene(&world);
    }
    if kept {
        // A kept database names messages of an earlier world by their ids.
        world.number_messages_from_now();
    }
    if !fresh {
        // A kept database knows the group already.
        open_shop(&world, !folder.join(DATABASE).exists());
    }
    world.let_turn(clock::forward);
    let page = sandbox.page_url();
    println!("{}", greeting(&page, folder, kept));
    let settings = Settings {
        token: Some(Secret::new(sandbox.token())),
        api_url: Some(Secret::new(sandbox.api_url())),
        proxy: None,
        database_url: Secret::new(format!("sqlite://{}", folder.join(DATABASE).display())),
        key_file: None,
        webhook: None,
        admins: if fresh { Vec::new() } else { vec![ADMIN] },
        hotline: settings.hotline.clone().or_else(|| (!fresh).then(|| HOTLINE.to_owned())),
        ..settings.clone()
    };
    // There is no Telegram here: the page takes the link's place.
    let invite = |_: &str, parameter: &str| first_admin::invite(&format!("{}/?start={parameter}", page.trim_end_matches('/')));
    let served = serve::serve_inviting(&settings, stop, &invite).await;
    sandbox.stop().await;
    served
}

/// The admin has talked to the bot and, once it has said hello, makes the group a crew, as the README tells an owner to.
fn open_shop(world: &World, binds: bool) {
    world.start(ADMIN, None);
    if !binds {
        return;
    }
    let world = world.clone();
    tokio::spawn(async move {
        if world.wait_for(ADMIN, GREETING, |messages| messages.iter().any(|m| m.from_bot)).await.is_ok() {
            world.say(ADMIN, CREW, "/bind");
        }
    });
}

/// Listens on the address named, else on the usual one, else on any free port.
async fn listening(listen: Option<SocketAddr>) -> Result<Sandbox, Failure> {
    let usual = SocketAddr::from(([127, 0, 0, 1], 8080));
    let started = match listen {
        Some(address) => Sandbox::start(Options { listen: address, ..Options::default() }).await,
        None => match Sandbox::start(Options { listen: usual, ..Options::default() }).await {
            Err(e) if e.kind() == io::ErrorKind::AddrInUse => Sandbox::start(Options::default()).await,
            started => started,
        },
    };
    started.map_err(|e| Failure::new(format!("--listen: the address cannot be listened on ({}); name another", e.kind())))
}

fn greeting(page: &str, folder: &Path, kept: bool) -> String {
    let fate = if kept { "保留 / kept" } else { "退出后删除 / forgotten at the end" };
    // What stands in for Telegram lives in memory, whatever becomes of the bot's data.
    let lost = match kept {
        true => {
            "\n  保留的是机器人的数据；页面上的聊天和群每次启动都从头开始 / the bot's data is kept; chats and groups on the page begin anew at every start"
        }
        false => "",
    };
    format!(
        "\n  报修 · baoxiu demo\n\n  在浏览器里打开 / open in a browser:  {page}\n  数据 / data: {} ({fate}){lost}\n  Ctrl-C 停止 / stops\n",
        folder.display()
    )
}
