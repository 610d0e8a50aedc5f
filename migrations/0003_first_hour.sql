-- The first hour: links that make admins, tickets that only try the way out, menus of single chats.

-- Links that make whoever opens one an admin. Only a hash of the code is kept; inviter 0: the program itself, at a
-- start without admins.
CREATE TABLE invite (
    code    TEXT PRIMARY KEY,
    inviter BIGINT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT
);

-- 1: a ticket that only tries whether everything works; it counts nowhere and is removed when it is through.
ALTER TABLE ticket ADD COLUMN trial BIGINT NOT NULL DEFAULT 0;

-- Commands of the menu that was set for this person's chat alone, by name; empty: the one that everybody sees.
ALTER TABLE person ADD COLUMN menu TEXT NOT NULL DEFAULT '';

-- Locked by whoever makes or removes an admin, so that two who remove each other cannot both succeed.
INSERT INTO counter (name, value) VALUES ('admin', 0);
