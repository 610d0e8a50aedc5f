-- Figures: tickets of a stretch of time, those that are open, and what ended when.
CREATE INDEX ticket_created ON ticket (created);
CREATE INDEX ticket_status ON ticket (status);
CREATE INDEX ticket_event_what ON ticket_event (what, at);
