-- What a crew repairs, which languages it speaks, when it works, what it promises: JSON, empty for everything and always.
ALTER TABLE crew ADD COLUMN profile TEXT NOT NULL DEFAULT '';

-- Further crews that an open ticket is offered to, beside the one in its row. Whoever claims it ends this.
CREATE TABLE ticket_offer (
    ticket BIGINT NOT NULL,
    crew   BIGINT NOT NULL,
    PRIMARY KEY (ticket, crew)
);
CREATE INDEX ticket_offer_crew ON ticket_offer (crew, ticket);
