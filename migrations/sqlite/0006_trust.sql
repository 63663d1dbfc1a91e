-- Who could read a post before it was deleted, so that nobody else learns that it ever was. Null: not ours.
ALTER TABLE tombstones ADD COLUMN visibility TEXT;

-- The header that goes with an activity, so that followers are compared: never, always, or once in a while.
ALTER TABLE activities ADD COLUMN comparing TEXT NOT NULL DEFAULT 'never';

-- Followers that another site counts differently: to be read there and set right here. One row for each actor.
CREATE TABLE follower_syncs (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,  -- the actor of the other site
    digest     TEXT NOT NULL,                  -- hex, as the newest header had it
    url        TEXT NOT NULL,                  -- where the followers of this site are listed
    wanted     BOOLEAN NOT NULL,               -- still to be done; else kept for the pause
    attempts   BIGINT NOT NULL DEFAULT 0,
    run_at     BIGINT NOT NULL                 -- not before
);
CREATE INDEX follower_syncs_due ON follower_syncs (run_at) WHERE wanted;
