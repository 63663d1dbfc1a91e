-- How somebody likes the pages to look and behave. No row: as everybody has it at first. Whoever leaves takes it along,
-- and so it is with all that hangs on `users` here.
CREATE TABLE user_settings (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (account_id) ON DELETE CASCADE,
    settings   TEXT NOT NULL,                  -- JSON; what is not in it is as at first
    updated_at BIGINT NOT NULL
);

-- Somebody wants everything that is theirs as one file. The file outlives the account by a sweep at most.
CREATE TABLE exports (
    id          BIGINT PRIMARY KEY,
    account_id  BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blob_key    TEXT,                          -- when it is finished
    size        BIGINT NOT NULL DEFAULT 0,     -- bytes
    attempts    BIGINT NOT NULL DEFAULT 0,
    run_at      BIGINT NOT NULL,               -- not before; pushed on while somebody makes it
    created_at  BIGINT NOT NULL,
    finished_at BIGINT,                        -- without a key: it failed for good
    expires_at  BIGINT NOT NULL
);
CREATE INDEX exports_by_account ON exports (account_id);
CREATE INDEX exports_due ON exports (run_at) WHERE finished_at IS NULL;
CREATE INDEX exports_expired ON exports (expires_at);

-- A file from another site, taken over line by line.
CREATE TABLE imports (
    id          BIGINT PRIMARY KEY,
    account_id  BIGINT NOT NULL REFERENCES users (account_id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,                 -- following, lists, muting, blocking, bookmarks
    lines       TEXT NOT NULL,                 -- JSON
    total       BIGINT NOT NULL,               -- how many lines
    position    BIGINT NOT NULL DEFAULT 0,     -- the line that comes next
    failed      TEXT NOT NULL DEFAULT '[]',    -- JSON: lines and why
    run_at      BIGINT NOT NULL,               -- not before; pushed on while somebody works at it
    created_at  BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX imports_by_account ON imports (account_id);
CREATE INDEX imports_due ON imports (run_at) WHERE finished_at IS NULL;

-- Somebody wants to leave for good and has some days to think it over.
CREATE TABLE departures (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (account_id) ON DELETE CASCADE,
    asked_at   BIGINT NOT NULL,
    run_at     BIGINT NOT NULL
);
CREATE INDEX departures_due ON departures (run_at);
