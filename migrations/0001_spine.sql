-- Portable between SQLite and PostgreSQL: BIGINT, TEXT, BYTEA only; times are unix milliseconds.
-- Columns of type BYTEA hold sealed data (XChaCha20-Poly1305; associated data: table, column, row).

-- One row per name: the key's fingerprint, the coverage seed, ...
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('ticket', 1000);

-- Every update that was applied; a second one with the same id is dropped.
CREATE TABLE seen_update (
    bot       BIGINT NOT NULL,
    update_id BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (bot, update_id)
);

CREATE TABLE person (
    id            BIGINT PRIMARY KEY,
    version       BIGINT NOT NULL,
    lang          TEXT NOT NULL,
    reachable     BIGINT NOT NULL,
    admin         BIGINT NOT NULL,
    working_name  BYTEA,
    working_phone BYTEA,
    tokens        BIGINT NOT NULL,
    refilled      BIGINT NOT NULL,
    warned        BIGINT NOT NULL
);
CREATE INDEX person_admin ON person (admin, id);

-- Session key: bot, chat, user, topic (0: none).
CREATE TABLE session (
    bot     BIGINT NOT NULL,
    chat    BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    topic   BIGINT NOT NULL,
    version BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    state   BYTEA,
    PRIMARY KEY (bot, chat, person, topic)
);

CREATE TABLE crew (
    id     BIGINT PRIMARY KEY,
    chat   BIGINT NOT NULL UNIQUE,
    kind   TEXT NOT NULL,
    title  BYTEA NOT NULL,
    active BIGINT NOT NULL
);

-- Areas of a crew; a crew without rows here covers every district.
CREATE TABLE crew_area (
    crew BIGINT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (crew, code)
);

-- Areas served: a county (6 digits) or a town (9 digits).
CREATE TABLE served_area (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE ticket (
    number   BIGINT PRIMARY KEY,
    version  BIGINT NOT NULL,
    customer BIGINT NOT NULL,
    status   TEXT NOT NULL,
    fault    TEXT NOT NULL,
    danger   BIGINT NOT NULL,
    district TEXT,
    served   BIGINT,
    created  BIGINT NOT NULL,
    promise  BIGINT,
    crew     BIGINT,
    claimer  BIGINT,
    claimed  BIGINT,
    updated  BIGINT NOT NULL,
    details  BYTEA NOT NULL
);
CREATE INDEX ticket_customer ON ticket (customer, status);
CREATE INDEX ticket_claimer ON ticket (claimer, status);
CREATE INDEX ticket_crew ON ticket (crew, status);

CREATE TABLE ticket_event (
    ticket BIGINT NOT NULL,
    n      BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    who    BIGINT NOT NULL,
    what   TEXT NOT NULL,
    note   BYTEA,
    PRIMARY KEY (ticket, n)
);

-- Living messages: which message in a chat shows which card of a ticket (n > 0: further parts of an album).
CREATE TABLE card (
    ticket  BIGINT NOT NULL,
    role    TEXT NOT NULL,
    chat    BIGINT NOT NULL,
    n       BIGINT NOT NULL,
    message BIGINT NOT NULL,
    PRIMARY KEY (ticket, role, chat, n)
);
CREATE INDEX card_message ON card (chat, message);

-- Timers (kind 'timer', named) and inputs that failed or wait behind one that failed (kind 'input').
CREATE TABLE task (
    id      BIGINT PRIMARY KEY,
    kind    TEXT NOT NULL,
    subject BIGINT NOT NULL,
    name    TEXT NOT NULL,
    due     BIGINT NOT NULL,
    tries   BIGINT NOT NULL,
    parked  BIGINT,
    input   BYTEA NOT NULL
);
CREATE INDEX task_due ON task (parked, due, id);
CREATE INDEX task_subject ON task (subject, kind, name);

-- Messages owed to Telegram. A row is deleted when it was sent or can never be sent.
CREATE TABLE outbox (
    id       BIGINT PRIMARY KEY,
    chat     BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    created  BIGINT NOT NULL,
    due      BIGINT NOT NULL,
    tries    BIGINT NOT NULL,
    card     TEXT,
    body     BYTEA NOT NULL
);
CREATE INDEX outbox_order ON outbox (priority, id);
CREATE INDEX outbox_chat ON outbox (chat, id);
INSERT INTO counter (name, value) VALUES ('outbox', 0);
INSERT INTO counter (name, value) VALUES ('task', 0);
INSERT INTO counter (name, value) VALUES ('crew', 0);
