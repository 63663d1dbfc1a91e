-- Who may do what with a post, where that is not what everybody may who reads it. Most posts have no row.
CREATE TABLE status_policies (
    status_id BIGINT NOT NULL PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    policy    TEXT NOT NULL                    -- JSON, see `statuses::consent::policy`
);

-- A post quotes another, with or without the consent of who wrote that.
CREATE TABLE status_quotes (
    status_id   BIGINT NOT NULL PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    quoted_uri  TEXT NOT NULL,
    quoted_id   BIGINT REFERENCES statuses (id) ON DELETE SET NULL,    -- if it is here
    state       TEXT NOT NULL,                 -- pending, accepted, rejected, revoked, unauthorized
    stamp_uri   TEXT,                          -- what says that it is allowed
    request_uri TEXT,                          -- id of our QuoteRequest
    updated_at  BIGINT NOT NULL
);
CREATE INDEX status_quotes_by_quoted ON status_quotes (quoted_id, status_id) WHERE quoted_id IS NOT NULL;
CREATE INDEX status_quotes_by_stamp ON status_quotes (stamp_uri) WHERE stamp_uri IS NOT NULL;
CREATE INDEX status_quotes_by_request ON status_quotes (request_uri) WHERE request_uri IS NOT NULL;

-- A reply of this site that had to ask. While it waits it is kept as if for those mentioned only.
CREATE TABLE status_approvals (
    status_id   BIGINT NOT NULL PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    state       TEXT NOT NULL,                 -- pending, accepted, rejected
    visibility  TEXT NOT NULL,                 -- who sees it once it is allowed
    request_uri TEXT NOT NULL,
    stamp_uri   TEXT
);
CREATE INDEX status_approvals_by_request ON status_approvals (request_uri);

-- What somebody did, or asks to do, with a post of this site that has a policy: quote it, answer it.
CREATE TABLE interactions (
    id          BIGINT PRIMARY KEY,            -- also the number of the stamp
    kind        TEXT NOT NULL,                 -- quote, reply, like, announce
    target_id   BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    account_id  BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    object_uri  TEXT NOT NULL,                 -- the quoting post, the reply, the Like
    request_uri TEXT,                          -- null: they did not ask
    note        TEXT,                          -- JSON of a reply that waits
    state       TEXT NOT NULL,                 -- pending, accepted, rejected, revoked
    created_at  BIGINT NOT NULL,
    decided_at  BIGINT,
    UNIQUE (object_uri, kind, account_id)
);
CREATE INDEX interactions_by_target ON interactions (target_id, state);
CREATE INDEX interactions_by_account ON interactions (account_id);
