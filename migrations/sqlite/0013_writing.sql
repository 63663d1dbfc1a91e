-- What a person is writing, kept as it is typed. One form (a page that somebody has open) writes one row, so that two
-- pages never write over one another.
CREATE TABLE drafts (
    id         INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    form       TEXT NOT NULL,                  -- the form that wrote it last
    place      TEXT NOT NULL,                  -- new, reply:ID, quote:ID, edit:ID
    words      TEXT NOT NULL,                  -- JSON, see `statuses::words`
    version    BIGINT NOT NULL,                -- counts what was written over
    deleted_at BIGINT,                         -- thrown away; it can be brought back for a while
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (account_id, form)
);
CREATE INDEX drafts_by_account ON drafts (account_id, updated_at);
CREATE INDEX drafts_by_deletion ON drafts (deleted_at) WHERE deleted_at IS NOT NULL;

-- Uploads that wait in a draft; they are not thrown away meanwhile.
CREATE TABLE draft_media (
    draft_id BIGINT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    media_id BIGINT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    PRIMARY KEY (draft_id, media_id)
) WITHOUT ROWID;
CREATE INDEX draft_media_by_media ON draft_media (media_id);

-- Posts that are to be written later. The row goes in the transaction that writes the post.
CREATE TABLE scheduled_statuses (
    id              INTEGER PRIMARY KEY,
    account_id      BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    words           TEXT NOT NULL,             -- JSON, see `statuses::words`
    run_at          BIGINT NOT NULL,           -- when the person wants it
    try_at          BIGINT,                    -- when it is tried next; null: given up
    attempts        BIGINT NOT NULL DEFAULT 0,
    last_error      TEXT,                      -- why it could not be posted, for the person to read
    idempotency_key TEXT,                      -- the client's own mark on the request
    created_at      BIGINT NOT NULL,
    UNIQUE (account_id, idempotency_key)
);
CREATE INDEX scheduled_statuses_due ON scheduled_statuses (try_at) WHERE try_at IS NOT NULL;
CREATE INDEX scheduled_statuses_by_account ON scheduled_statuses (account_id, run_at);

-- Uploads that wait in a planned post.
CREATE TABLE scheduled_media (
    scheduled_id BIGINT NOT NULL REFERENCES scheduled_statuses (id) ON DELETE CASCADE,
    media_id     BIGINT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    PRIMARY KEY (scheduled_id, media_id)
) WITHOUT ROWID;
CREATE INDEX scheduled_media_by_media ON scheduled_media (media_id);
