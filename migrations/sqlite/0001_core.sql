-- The first conversation: who is here, what they wrote, who follows whom, what is still to be told.
--
-- Ids are 64-bit and sorted by time. Times are milliseconds since 1970, UTC. Both engines have the same
-- tables and columns under the same numbers; a test compares them.

-- Values that a site keeps about itself: secrets made at first start, its chosen name.
CREATE TABLE settings (
    name       TEXT NOT NULL PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- People and programs, of this site (host = '') and of others. The site's own actor is the row -99.
CREATE TABLE accounts (
    id              INTEGER PRIMARY KEY,
    username        TEXT NOT NULL,
    username_key    TEXT NOT NULL,             -- in lower case; with the host it is the handle
    host            TEXT NOT NULL DEFAULT '',  -- as in 'sales.example.org' or '127.0.0.2:4105'; empty: here
    kind            TEXT NOT NULL,             -- person, service, application, group, organization
    uri             TEXT NOT NULL UNIQUE,      -- the ActivityPub id
    url             TEXT NOT NULL,             -- the page for people
    display_name    TEXT NOT NULL DEFAULT '',
    note            TEXT NOT NULL DEFAULT '',  -- HTML, sanitised
    note_source     TEXT NOT NULL DEFAULT '',  -- what the person typed, if local
    fields          TEXT NOT NULL DEFAULT '[]',  -- JSON: [{"name", "value"}]
    avatar_key      TEXT,                      -- blob, if local
    avatar_url      TEXT,                      -- where it lives, if remote
    header_key      TEXT,
    header_url      TEXT,
    locked          BOOLEAN NOT NULL DEFAULT FALSE,
    discoverable    BOOLEAN NOT NULL DEFAULT TRUE,
    inbox           TEXT NOT NULL DEFAULT '',
    shared_inbox    TEXT,
    outbox          TEXT,
    followers_uri   TEXT,
    following_uri   TEXT,
    statuses_count  BIGINT NOT NULL DEFAULT 0,
    followers_count BIGINT NOT NULL DEFAULT 0,
    following_count BIGINT NOT NULL DEFAULT 0,
    last_status_at  BIGINT,
    limited_at      BIGINT,                    -- by our moderators: shown to followers only
    suspended_at    BIGINT,                    -- by our moderators: not shown, not heard
    deleted_at      BIGINT,                    -- left, here or at the origin
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    fetched_at      BIGINT NOT NULL DEFAULT 0, -- when we last read it from its origin
    UNIQUE (username_key, host)
);
CREATE INDEX accounts_by_host ON accounts (host, id) WHERE host <> '';

-- Public keys of actors of other sites, and of ours. An actor may have several.
CREATE TABLE actor_keys (
    key_id     TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,                  -- rsa, ed25519
    public_key TEXT NOT NULL,                  -- PEM (SPKI) or Multikey
    fetched_at BIGINT NOT NULL
);
CREATE INDEX actor_keys_by_account ON actor_keys (account_id);

-- Private keys of our actors.
CREATE TABLE private_keys (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    rsa        TEXT NOT NULL,                  -- PKCS#8 PEM
    ed25519    TEXT NOT NULL                   -- PKCS#8 PEM
);

-- Those who can sign in here.
CREATE TABLE users (
    account_id         BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    email              TEXT NOT NULL,
    email_key          TEXT NOT NULL UNIQUE,   -- in lower case
    password_hash      TEXT NOT NULL,          -- argon2id, PHC string
    role               TEXT NOT NULL,          -- member, moderator, admin
    default_visibility TEXT NOT NULL DEFAULT '',  -- empty: the widest that the site allows
    default_sensitive  BOOLEAN NOT NULL DEFAULT FALSE,
    default_language   TEXT,
    read_notification  BIGINT NOT NULL DEFAULT 0,  -- the newest notification that was seen
    disabled_at        BIGINT,
    created_at         BIGINT NOT NULL,
    last_seen_at       BIGINT
);

-- Links that work once: the first administrator, an invitation, a new password.
CREATE TABLE one_time_links (
    code_hash  TEXT NOT NULL PRIMARY KEY,      -- SHA-256, hex; the code itself is not kept
    purpose    TEXT NOT NULL,                  -- first_run, invitation, reset_password
    account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,  -- whose password
    role       TEXT NOT NULL DEFAULT 'member',
    created_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE TABLE sessions (
    id           INTEGER PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    account_id   BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    csrf_token   TEXT NOT NULL,
    user_agent   TEXT NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE TABLE oauth_apps (
    id                 INTEGER PRIMARY KEY,
    client_id          TEXT NOT NULL UNIQUE,
    client_secret_hash TEXT NOT NULL,
    name               TEXT NOT NULL,
    website            TEXT,
    redirect_uris      TEXT NOT NULL,          -- a line each
    scopes             TEXT NOT NULL,          -- separated by spaces
    created_at         BIGINT NOT NULL
);

CREATE TABLE oauth_codes (
    code_hash      TEXT NOT NULL PRIMARY KEY,
    app_id         BIGINT NOT NULL REFERENCES oauth_apps (id) ON DELETE CASCADE,
    account_id     BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    redirect_uri   TEXT NOT NULL,
    scopes         TEXT NOT NULL,
    code_challenge TEXT,                       -- PKCE, S256
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    used_at        BIGINT
);

CREATE TABLE oauth_tokens (
    id           INTEGER PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    app_id       BIGINT REFERENCES oauth_apps (id) ON DELETE CASCADE,    -- null: made on the command line
    account_id   BIGINT REFERENCES accounts (id) ON DELETE CASCADE,      -- null: the program for itself
    scopes       TEXT NOT NULL,
    name         TEXT NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);
CREATE INDEX oauth_tokens_by_account ON oauth_tokens (account_id);

-- Other sites. In the closed mode only those with state 'accepted' are spoken to or listened to.
CREATE TABLE peers (
    id               INTEGER PRIMARY KEY,
    host             TEXT NOT NULL UNIQUE,
    state            TEXT NOT NULL,            -- none, invited (by us), requested (by them), accepted, removed
    actor_uri        TEXT,
    inbox            TEXT,
    name             TEXT NOT NULL DEFAULT '',
    colour           TEXT NOT NULL DEFAULT '',
    organisation_uri TEXT,                     -- the collection that stands for "the whole organisation" there
    follow_uri       TEXT,                     -- id of the Follow between the instance actors
    blocked_at       BIGINT,                   -- by our moderators
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL
);

-- What was learnt about how to reach a host.
CREATE TABLE hosts (
    host            TEXT NOT NULL PRIMARY KEY,
    failures        BIGINT NOT NULL DEFAULT 0, -- in a row
    failing_since   BIGINT,
    retry_at        BIGINT,                    -- nothing is sent before
    last_success_at BIGINT,
    last_error      TEXT,
    signature_style TEXT                       -- cavage, rfc9421
);

-- Who follows whom. A row with accepted = false is a request.
CREATE TABLE follows (
    account_id   BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    target_id    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    accepted     BOOLEAN NOT NULL,
    uri          TEXT NOT NULL,                -- id of the Follow
    show_reblogs BOOLEAN NOT NULL DEFAULT TRUE,
    notify       BOOLEAN NOT NULL DEFAULT FALSE,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (account_id, target_id)
);
CREATE INDEX follows_by_target ON follows (target_id, accepted, created_at);
CREATE INDEX follows_by_uri ON follows (uri);

CREATE TABLE blocks (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    target_id  BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uri        TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, target_id)
);
CREATE INDEX blocks_by_target ON blocks (target_id);

CREATE TABLE mutes (
    account_id    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    target_id     BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    notifications BOOLEAN NOT NULL DEFAULT TRUE,
    expires_at    BIGINT,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (account_id, target_id)
);

-- Posts and reposts. A repost is a row with reblog_of_id.
CREATE TABLE statuses (
    id                     INTEGER PRIMARY KEY,
    uri                    TEXT NOT NULL UNIQUE,
    url                    TEXT NOT NULL,
    account_id             BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    local                  BOOLEAN NOT NULL,
    visibility             TEXT NOT NULL,      -- public, unlisted, organisation, site, private, direct
    content                TEXT NOT NULL,      -- HTML, sanitised
    source                 TEXT NOT NULL DEFAULT '',  -- what the person typed, if local
    source_type            TEXT NOT NULL DEFAULT 'text/plain',  -- or text/markdown
    spoiler_text           TEXT NOT NULL DEFAULT '',
    sensitive              BOOLEAN NOT NULL DEFAULT FALSE,
    language               TEXT,
    in_reply_to_id         BIGINT REFERENCES statuses (id) ON DELETE SET NULL,
    in_reply_to_account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    in_reply_to_uri        TEXT,               -- also when the post is not here
    reblog_of_id           BIGINT REFERENCES statuses (id) ON DELETE CASCADE,
    conversation_id        BIGINT NOT NULL,    -- id of the first post of the thread, as far as it is known
    app_id                 BIGINT REFERENCES oauth_apps (id) ON DELETE SET NULL,
    replies_count          BIGINT NOT NULL DEFAULT 0,
    reblogs_count          BIGINT NOT NULL DEFAULT 0,
    favourites_count       BIGINT NOT NULL DEFAULT 0,
    created_at             BIGINT NOT NULL,
    edited_at              BIGINT,
    removed_at             BIGINT              -- by our moderators
);
CREATE INDEX statuses_by_account ON statuses (account_id, id);
CREATE INDEX statuses_by_parent ON statuses (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX statuses_by_parent_uri ON statuses (in_reply_to_uri) WHERE in_reply_to_uri IS NOT NULL AND in_reply_to_id IS NULL;
CREATE UNIQUE INDEX statuses_reblogs ON statuses (reblog_of_id, account_id) WHERE reblog_of_id IS NOT NULL;
CREATE INDEX statuses_local_timeline ON statuses (id)
    WHERE local AND reblog_of_id IS NULL AND visibility IN ('public', 'organisation', 'site');
CREATE INDEX statuses_organisation_timeline ON statuses (id)
    WHERE reblog_of_id IS NULL AND visibility IN ('public', 'organisation');

-- What a post said before it was edited. One row for each earlier version.
CREATE TABLE status_edits (
    status_id    BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,              -- when this version was written
    content      TEXT NOT NULL,
    source       TEXT NOT NULL DEFAULT '',     -- as in statuses
    spoiler_text TEXT NOT NULL,
    sensitive    BOOLEAN NOT NULL,
    PRIMARY KEY (status_id, created_at)
);

-- Ids of posts and actors that are gone, so that a late Create does not bring them back.
CREATE TABLE tombstones (
    uri        TEXT NOT NULL PRIMARY KEY,
    deleted_at BIGINT NOT NULL
);

CREATE TABLE mentions (
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (status_id, account_id)
);
CREATE INDEX mentions_by_account ON mentions (account_id, status_id);

CREATE TABLE status_tags (
    status_id BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    name      TEXT NOT NULL,                   -- in lower case
    display   TEXT NOT NULL,
    PRIMARY KEY (status_id, name)
);
CREATE INDEX status_tags_by_name ON status_tags (name, status_id);

CREATE TABLE media (
    id             INTEGER PRIMARY KEY,
    account_id     BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id      BIGINT REFERENCES statuses (id) ON DELETE CASCADE,  -- null until it is posted
    position       BIGINT NOT NULL DEFAULT 0,
    kind           TEXT NOT NULL,              -- image, unknown
    mime           TEXT NOT NULL,
    blob_key       TEXT,                       -- if it is here
    preview_key    TEXT,
    remote_url     TEXT,                       -- if it lives elsewhere
    description    TEXT NOT NULL DEFAULT '',
    width          BIGINT NOT NULL DEFAULT 0,  -- pixels; 0: not known
    height         BIGINT NOT NULL DEFAULT 0,
    preview_width  BIGINT NOT NULL DEFAULT 0,
    preview_height BIGINT NOT NULL DEFAULT 0,
    focus_x        DOUBLE PRECISION NOT NULL DEFAULT 0,  -- -1 to 1
    focus_y        DOUBLE PRECISION NOT NULL DEFAULT 0,
    blurhash       TEXT,
    size           BIGINT NOT NULL DEFAULT 0,  -- bytes
    created_at     BIGINT NOT NULL
);
CREATE INDEX media_by_status ON media (status_id, position) WHERE status_id IS NOT NULL;
CREATE INDEX media_by_account ON media (account_id, id);

-- A person marks a status. The pair is the key: marking twice is one mark.
CREATE TABLE favourites (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    uri        TEXT NOT NULL,                  -- id of the Like
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, status_id)
);
CREATE INDEX favourites_by_status ON favourites (status_id, created_at);

-- What stands in a person's home, filled when a post is written. Measured in docs/adr.
CREATE TABLE home_entries (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, status_id)
) WITHOUT ROWID;
CREATE INDEX home_entries_by_status ON home_entries (status_id);

CREATE TABLE notifications (
    id              INTEGER PRIMARY KEY,
    account_id      BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who reads it
    kind            TEXT NOT NULL,             -- mention, favourite, reblog, follow, follow_request, update, admin.report
    from_account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id       BIGINT REFERENCES statuses (id) ON DELETE CASCADE,
    report_id       BIGINT,
    source          TEXT NOT NULL,             -- with account and kind: told once
    created_at      BIGINT NOT NULL,
    UNIQUE (account_id, kind, source)
);
CREATE INDEX notifications_by_account ON notifications (account_id, id);
CREATE INDEX notifications_by_status ON notifications (status_id) WHERE status_id IS NOT NULL;

-- What happened and still has effects. A row is deleted when all that follows from it is done.
CREATE TABLE events (
    id         INTEGER PRIMARY KEY,
    payload    TEXT NOT NULL,                  -- JSON of domain::Event
    attempts   BIGINT NOT NULL DEFAULT 0,
    run_at     BIGINT NOT NULL,
    last_error TEXT
);
CREATE INDEX events_due ON events (run_at, id);

-- Bodies to deliver, stored once for all inboxes.
CREATE TABLE activities (
    id         INTEGER PRIMARY KEY,
    uri        TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who signs
    body       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- One for each activity and inbox. Deleted when delivered; kept with its reason when given up.
CREATE TABLE deliveries (
    id          INTEGER PRIMARY KEY,           -- order of sending, for each host
    activity_id BIGINT NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
    inbox       TEXT NOT NULL,
    host        TEXT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    created_at  BIGINT NOT NULL,
    dead_at     BIGINT,
    last_error  TEXT,
    UNIQUE (activity_id, inbox)
);
CREATE INDEX deliveries_by_host ON deliveries (host, id) WHERE dead_at IS NULL;

-- Activity ids that were taken in, so that a repeat changes nothing.
CREATE TABLE received_activities (
    uri         TEXT NOT NULL PRIMARY KEY,
    received_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX received_activities_by_time ON received_activities (received_at);

-- The client's own mark on a request, so that a repeat posts once.
CREATE TABLE idempotency_keys (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, key)
);

CREATE TABLE reports (
    id           INTEGER PRIMARY KEY,
    account_id   BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who reports; another site's actor for a Flag
    target_id    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    comment      TEXT NOT NULL,
    category     TEXT NOT NULL DEFAULT 'other',  -- spam, legal, violation, other
    uri          TEXT NOT NULL UNIQUE,         -- id of the Flag
    forward      BOOLEAN NOT NULL,             -- the reporter agreed that it goes to the other site
    created_at   BIGINT NOT NULL,
    resolved_at  BIGINT,
    resolved_by  BIGINT REFERENCES accounts (id) ON DELETE SET NULL
);
CREATE INDEX reports_open ON reports (id) WHERE resolved_at IS NULL;
CREATE INDEX reports_by_target ON reports (target_id, id);

-- The posts that a report is about, with their words at that time: a post may be deleted or edited.
CREATE TABLE report_statuses (
    report_id  BIGINT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL,
    uri        TEXT NOT NULL,
    content    TEXT NOT NULL,
    PRIMARY KEY (report_id, status_id)
);

-- What moderators did. Rows are added, never changed; an action is undone by another row that names it.
CREATE TABLE moderation_log (
    id           INTEGER PRIMARY KEY,
    moderator_id BIGINT NOT NULL,
    kind         TEXT NOT NULL,                -- remove_post, limit_person, suspend_person, block_site, resolve_report, undo
    account_id   BIGINT,
    status_id    BIGINT,
    host         TEXT,
    report_id    BIGINT,
    reason       TEXT NOT NULL,
    undoes       BIGINT,                       -- the action that this one undoes
    created_at   BIGINT NOT NULL
);
CREATE UNIQUE INDEX moderation_log_undo ON moderation_log (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER moderation_log_is_append_only_1 BEFORE UPDATE ON moderation_log
BEGIN SELECT RAISE(ABORT, 'the moderation log is append-only'); END;
CREATE TRIGGER moderation_log_is_append_only_2 BEFORE DELETE ON moderation_log
BEGIN SELECT RAISE(ABORT, 'the moderation log is append-only'); END;
