-- How far what a ticket holds of its customer was blanked: 0 nothing, 1 the technician's card, 2 files too, 3 everything personal.
-- Sealed in the details as well; here the nightly job finds what is due. Nothing else needs an index for it: sessions and seen
-- updates are written at every step, and are better read through once a night than kept in a second order.
ALTER TABLE ticket ADD COLUMN blanked BIGINT NOT NULL DEFAULT 0;
CREATE INDEX ticket_blanked ON ticket (blanked, updated, number);
