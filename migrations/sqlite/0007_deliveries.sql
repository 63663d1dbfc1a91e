-- Deliveries that can be traced, given up with a cause, and taken up again.

-- What an activity is about, so that "what became of this post at that site" has an answer. The row outlives its
-- deliveries, without its body, for as long as traces are kept.
ALTER TABLE activities ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE activities ADD COLUMN about TEXT;           -- id of the post; NULL for what is about no post
CREATE INDEX activities_by_about ON activities (about) WHERE about IS NOT NULL;

ALTER TABLE deliveries ADD COLUMN cause TEXT;           -- of giving up: refused, unreachable, stopped
ALTER TABLE deliveries ADD COLUMN retried_at BIGINT;    -- taken up again; the patience counts from here
ALTER TABLE deliveries ADD COLUMN answered BIGINT NOT NULL DEFAULT 0;  -- attempts that were answered, though not with success
CREATE INDEX deliveries_dead ON deliveries (host, id) WHERE dead_at IS NOT NULL;

-- What is done. One narrow row for each post's activity and site.
CREATE TABLE delivered (
    activity_id BIGINT NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
    host        TEXT NOT NULL,
    at          BIGINT NOT NULL,
    error       TEXT,                                   -- why it was dropped; NULL if it arrived
    PRIMARY KEY (activity_id, host)
) WITHOUT ROWID;

ALTER TABLE hosts ADD COLUMN not_before BIGINT;         -- asked for by the host itself (Retry-After)
ALTER TABLE hosts ADD COLUMN last_error_at BIGINT;
ALTER TABLE hosts ADD COLUMN unavailable_since BIGINT;  -- did not answer for as long as we are patient
ALTER TABLE hosts ADD COLUMN dropped BIGINT NOT NULL DEFAULT 0;  -- dead letters thrown away
