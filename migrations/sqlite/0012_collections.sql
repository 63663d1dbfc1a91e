-- What a person keeps for coming back. The pair is the key: keeping twice is keeping once.
CREATE TABLE bookmarks (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, status_id)
) WITHOUT ROWID;
CREATE INDEX bookmarks_by_account ON bookmarks (account_id, created_at);
CREATE INDEX bookmarks_by_status ON bookmarks (status_id);

-- What a person likes, in the order of liking.
CREATE INDEX favourites_by_account ON favourites (account_id, created_at);

-- Languages in which a follower reads somebody: a JSON list; null means all.
ALTER TABLE follows ADD COLUMN languages TEXT;

-- People whom somebody reads apart.
CREATE TABLE lists (
    id         INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- whose list
    title      TEXT NOT NULL,
    replies    TEXT NOT NULL,                  -- followed, list, none: which replies of its members stand in it
    exclusive  BOOLEAN NOT NULL DEFAULT FALSE, -- its members do not stand in the home as well
    created_at BIGINT NOT NULL,
    deleted_at BIGINT                          -- thrown away, and for a while it can be taken back
);
CREATE INDEX lists_by_account ON lists (account_id, title);
CREATE INDEX lists_deleted ON lists (deleted_at) WHERE deleted_at IS NOT NULL;

-- Who is on a list. Only whom its owner follows, or asks to follow; who is no longer followed leaves it.
CREATE TABLE list_members (
    list_id    BIGINT NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL,
    owner_id   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (list_id, account_id),
    FOREIGN KEY (owner_id, account_id) REFERENCES follows (account_id, target_id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX list_members_by_account ON list_members (account_id, owner_id);

-- Posts with these hashtags come into the home.
CREATE TABLE followed_tags (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,                  -- in lower case
    display    TEXT NOT NULL,                  -- as the person wrote it
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, name)
) WITHOUT ROWID;
CREATE INDEX followed_tags_by_name ON followed_tags (name, account_id);

-- What somebody does not want to read.
CREATE TABLE filters (
    id         INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title      TEXT NOT NULL,
    contexts   BIGINT NOT NULL,                -- bits: 1 home and lists, 2 notifications, 4 public, 8 thread, 16 profile
    action     TEXT NOT NULL,                  -- warn, hide
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT                          -- thrown away, and for a while it can be taken back
);
CREATE INDEX filters_by_account ON filters (account_id);
CREATE INDEX filters_deleted ON filters (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE filter_words (
    id        INTEGER PRIMARY KEY,
    filter_id BIGINT NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
    word      TEXT NOT NULL,
    whole     BOOLEAN NOT NULL                 -- only as a word of its own
);
CREATE INDEX filter_words_by_filter ON filter_words (filter_id);

CREATE TABLE filter_statuses (
    id        INTEGER PRIMARY KEY,
    filter_id BIGINT NOT NULL REFERENCES filters (id) ON DELETE CASCADE,
    status_id BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX filter_statuses_by_filter ON filter_statuses (filter_id, status_id);
CREATE INDEX filter_statuses_by_status ON filter_statuses (status_id);

-- Threads of which somebody does not want to be told any more. The first post may be gone, or not here yet.
CREATE TABLE muted_conversations (
    account_id      BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (account_id, conversation_id)
) WITHOUT ROWID;
CREATE INDEX muted_conversations_by_conversation ON muted_conversations (conversation_id);

-- What somebody put into the rail, beside the main places.
CREATE TABLE rail_pins (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,                  -- list, tag
    target     TEXT NOT NULL,                  -- id of the list, name of the tag
    position   BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind, target)
) WITHOUT ROWID;
