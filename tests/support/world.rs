//! The world of the tests: what is built in, read once.
use std::sync::{Arc, LazyLock};

use baoxiu::app::assets;
use baoxiu::core::{Settings, World};

static WORLD: LazyLock<Arc<World>> = LazyLock::new(|| {
    let assets = assets::load(None).unwrap();
    let areas = assets.areas.named();
    let settings = Settings {
        bot_name: "baoxiu_demo_bot".to_owned(),
        hotline: Some("400-000-0000".to_owned()),
        timezone: chrono_tz::Asia::Shanghai,
        promise_minutes: 30,
        morning: 8,
        claims: Default::default(),
        visits: Default::default(),
        appointed: Vec::new(),
        keep: Default::default(),
        paid_notices: None,
    };
    Arc::new(assets::world(assets, &areas, settings).unwrap())
});

/// Dialogs, texts, gazetteer and areas served, as the program brings them.
pub fn world() -> Arc<World> {
    WORLD.clone()
}
