//! The demo's page in a real browser: people who look, tap and type, on a desktop and on a phone.
//!
//! The bot runs in this process against the sandbox over HTTP; the page is driven through Chromium. Every milestone is
//! kept as a picture in `target/browser`. Without Chromium nothing is tested, which is said aloud;
//! `BAOXIU_REQUIRE_BROWSER=1` makes that a failure.
mod driver;
mod page;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/people.rs"]
mod people;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/postgres.rs"]
mod postgres;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "../support/town.rs"]
mod town;

use page::{Page, Window};
use tokio::sync::Semaphore;
use town::Town;

/// Browsers at a time: more of them only wait for each other on two cores.
static SEATS: Semaphore = Semaphore::const_new(4);

/// Plays a story in a window. `path`: that of its module, which names its pictures.
async fn play(path: &str, window: Window, town: Kind, story: impl AsyncFnOnce(&mut Town, &Page)) {
    let _seat = SEATS.acquire().await.unwrap();
    let Some(browser) = window.open().await else { return };
    let name = path.trim_start_matches("browser::").replace("::", "-");
    let story = async |town: &mut Town| {
        let page = Page::open(browser, town, &name, window).await;
        story(town, &page).await;
        page.close().await;
    };
    match town {
        Kind::Shop => town::on_sqlite(story).await,
        Kind::Fresh => town::fresh_on_sqlite(story).await,
    }
}

/// What the town is like before a story.
enum Kind {
    /// Ready to be opened: there is an admin, and the bot is in the crew's group.
    Shop,
    /// As `demo --fresh` has it: nothing is set up.
    Fresh,
}

/// Makes two tests of each story, one for each window.
macro_rules! stories {
    ($($story:ident),+ $(,)?) => { stories!(in Shop: $($story),+); };
    (in $kind:ident: $($story:ident),+ $(,)?) => {
        $(mod $story {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn desktop() {
                crate::play(module_path!(), crate::page::Window::Desktop, crate::Kind::$kind, super::$story).await;
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn phone() {
                crate::play(module_path!(), crate::page::Window::Phone, crate::Kind::$kind, super::$story).await;
            }
        })+
    };
}

mod broadcast;
mod desk_day;
mod groups;
mod main_job;
mod onboarding;
mod weather;
