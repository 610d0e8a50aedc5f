-- Notices: one message to many. One row per notice; its body is sealed once, the rows of the outbox refer to it.
CREATE TABLE notice (
    number      BIGINT PRIMARY KEY,
    version     BIGINT NOT NULL,
    admin       BIGINT NOT NULL,
    state       TEXT NOT NULL,
    audience    TEXT NOT NULL,
    created     BIGINT NOT NULL,
    confirmed   BIGINT,
    ended       BIGINT,
    -- Begin of the present stretch (of the question, of sending), and what was dealt with before it: the measured rate.
    since       BIGINT NOT NULL,
    before      BIGINT NOT NULL,
    -- When the card was last sent or edited; below 0: that is under way, since then.
    shown       BIGINT NOT NULL,
    -- The last recipient that has a row in the outbox: a person's id, or a crew's.
    reached     BIGINT NOT NULL,
    total       BIGINT NOT NULL,
    sent        BIGINT NOT NULL,
    unreachable BIGINT NOT NULL,
    failed      BIGINT NOT NULL,
    body        BYTEA NOT NULL
);
CREATE INDEX notice_state ON notice (state, number);
INSERT INTO counter (name, value) VALUES ('notice', 0);

-- A row of a notice has an empty body.
ALTER TABLE outbox ADD COLUMN notice BIGINT;
CREATE INDEX outbox_notice ON outbox (notice, priority);

-- 1: wants no news. What concerns their own tickets reaches them all the same.
ALTER TABLE person ADD COLUMN muted BIGINT NOT NULL DEFAULT 0;
