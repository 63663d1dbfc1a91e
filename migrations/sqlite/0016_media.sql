-- Videos, sound and files beside pictures. A video waits until it is written anew; then it is ready, or has failed.
ALTER TABLE media ADD COLUMN state TEXT NOT NULL DEFAULT 'ready';      -- waiting, ready, failed
ALTER TABLE media ADD COLUMN problem TEXT;                             -- why it failed, for its owner
ALTER TABLE media ADD COLUMN name TEXT NOT NULL DEFAULT '';            -- of a file, made safe
ALTER TABLE media ADD COLUMN duration_ms BIGINT NOT NULL DEFAULT 0;    -- of a video or a sound; 0: not known
ALTER TABLE media ADD COLUMN large_key TEXT;                           -- at most 1280 pixels a side, if it is larger
ALTER TABLE media ADD COLUMN source_key TEXT;                          -- as it was sent, while it waits
ALTER TABLE media ADD COLUMN remote_preview_url TEXT;                  -- of a video elsewhere

-- What waits to be written anew. Whoever works on one puts run_at off; so it comes again if they do not end.
CREATE TABLE media_jobs (
    media_id BIGINT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    attempts BIGINT NOT NULL DEFAULT 0,
    run_at   BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX media_jobs_by_time ON media_jobs (run_at);

-- Copies of pictures of other sites, to throw away first those that nobody looked at for longest.
CREATE TABLE media_copies (
    key     TEXT PRIMARY KEY,
    host    TEXT NOT NULL,
    size    BIGINT NOT NULL,                   -- bytes
    used_at BIGINT NOT NULL                    -- to within a day
) WITHOUT ROWID;
CREATE INDEX media_copies_by_use ON media_copies (used_at);
