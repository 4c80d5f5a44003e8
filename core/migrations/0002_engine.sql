-- Items written again in another opening: the office is told once that it need not wait for them.
CREATE INDEX outbox_superseded ON outbox (id) WHERE state = 5 AND argument IS NULL;
