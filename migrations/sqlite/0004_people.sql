-- What people show first on their profile, and where they went when they changed department.

-- A person pins posts to the profile; for others, as their site says.
CREATE TABLE pins (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,                -- the newest stands first
    PRIMARY KEY (account_id, status_id)
) WITHOUT ROWID;
CREATE INDEX pins_by_status ON pins (status_id);

ALTER TABLE accounts ADD COLUMN featured_uri TEXT;              -- collection of the pinned posts
ALTER TABLE accounts ADD COLUMN also_known_as TEXT NOT NULL DEFAULT '[]';  -- JSON: ids of the same person elsewhere
ALTER TABLE accounts ADD COLUMN moved_to_id BIGINT;             -- the account that stands for this one now
ALTER TABLE accounts ADD COLUMN moved_at BIGINT;                -- when it last moved; kept when that is taken back
ALTER TABLE accounts ADD COLUMN indexable BOOLEAN NOT NULL DEFAULT TRUE;  -- posts may be found by search

UPDATE accounts SET featured_uri = uri || '/featured' WHERE host = '' AND id > 0;
