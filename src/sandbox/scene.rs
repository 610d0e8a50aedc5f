//! The people of the demo.
use super::world::{User, World};

/// 王女士, a customer who speaks Chinese.
pub const WANG: i64 = 7_100_000_001;
/// Emily, a customer who speaks English.
pub const EMILY: i64 = 7_100_000_002;
/// 李师傅, a technician.
pub const LI: i64 = 7_100_000_003;
/// 陈师傅, a technician.
pub const CHEN: i64 = 7_100_000_004;
/// 周经理, the admin, who created the crew's group.
pub const ADMIN: i64 = 7_100_000_005;
/// 城东抢修一班, the crew's group.
pub const CREW: i64 = -1_001_000_000_001;

const PEOPLE: [(i64, &str, &str, &str, &str); 5] = [
    (WANG, "王女士", "wang_demo", "zh-hans", "+8613800000001"),
    (EMILY, "Emily", "emily_demo", "en", "+8613800000002"),
    (LI, "李师傅", "li_demo", "zh-hans", "+8613800000003"),
    (CHEN, "陈师傅", "chen_demo", "zh-hans", "+8613800000004"),
    (ADMIN, "周经理", "zhou_demo", "zh-hans", "+8613800000005"),
];

/// The phone number that a person of the demo would share as their own.
pub fn phone_of(user: i64) -> Option<&'static str> {
    PEOPLE.iter().find(|person| person.0 == user).map(|person| person.4)
}

/// Sets up five people and the crew's group, with the bot as its admin.
pub fn scene(world: &World) {
    fresh_scene(world);
    world.add_bot(CREW, ADMIN, true);
}

/// Sets up five people and the crew's group, in which the bot is not.
pub fn fresh_scene(world: &World) {
    for (id, first_name, username, language, _) in PEOPLE {
        world.add_user(User {
            id,
            first_name: first_name.to_owned(),
            last_name: None,
            username: Some(username.to_owned()),
            language_code: Some(language.to_owned()),
        });
    }
    world.add_group(CREW, "城东抢修一班", ADMIN);
    world.join(CREW, LI);
    world.join(CREW, CHEN);
}
