-- Posts that are more than words: polls, titles, reactions. Most posts are none of these, so each has a table of its
-- own, and the post says which of them to ask.
ALTER TABLE statuses ADD COLUMN extras BIGINT NOT NULL DEFAULT 0;  -- bits: 1 poll, 2 title, 4 reactions

-- A poll is the post that asks: same id.
CREATE TABLE polls (
    status_id    BIGINT PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    multiple     BOOLEAN NOT NULL,
    hide_totals  BOOLEAN NOT NULL DEFAULT FALSE,  -- until the end
    expires_at   BIGINT,                       -- null: never
    voters_count BIGINT,                       -- null: its origin does not say
    ended_at     BIGINT,                       -- when its end was told here
    changed_at   BIGINT,                       -- of this site: votes that others have not heard of, since then
    told_at      BIGINT,                       -- of this site: when others last heard of votes
    fetched_at   BIGINT                        -- of another site: when its figures were last heard
);
-- What the worker looks for, every second: few rows at any time.
CREATE INDEX polls_to_end ON polls (expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX polls_to_tell ON polls (changed_at) WHERE changed_at IS NOT NULL;

CREATE TABLE poll_options (
    status_id   BIGINT NOT NULL REFERENCES polls (status_id) ON DELETE CASCADE,
    position    BIGINT NOT NULL,
    title       TEXT NOT NULL,
    votes_count BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (status_id, position)
);

-- Who chose what. Of polls of other sites: the people of this site alone. The key makes each vote count once.
CREATE TABLE poll_votes (
    status_id  BIGINT NOT NULL REFERENCES polls (status_id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    uri        TEXT NOT NULL,                  -- id of the vote
    created_at BIGINT NOT NULL,
    PRIMARY KEY (status_id, account_id, position)
);
CREATE INDEX poll_votes_by_account ON poll_votes (account_id);

-- The title of a post, and what such a post is on the wire.
CREATE TABLE status_titles (
    status_id BIGINT PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL,                   -- article, page
    title     TEXT NOT NULL
);
ALTER TABLE status_edits ADD COLUMN title TEXT NOT NULL DEFAULT '';

-- Small pictures of other sites that stand for a word in colons.
CREATE TABLE emojis (
    id         BIGINT PRIMARY KEY,
    host       TEXT NOT NULL,
    name       TEXT NOT NULL,                  -- without colons
    url        TEXT NOT NULL,                  -- of the picture, there
    updated_at BIGINT NOT NULL,
    UNIQUE (host, name)
);

-- Somebody elsewhere reacted to a post with a sign.
CREATE TABLE reactions (
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,                  -- the sign itself, or name@host of a small picture
    emoji_id   BIGINT REFERENCES emojis (id) ON DELETE CASCADE,
    uri        TEXT NOT NULL,                  -- id of the activity
    created_at BIGINT NOT NULL,
    PRIMARY KEY (status_id, account_id, name)
);
CREATE INDEX reactions_by_account ON reactions (account_id);
