-- How far a person has read in a timeline, as a client says, so that the next device goes on there.
CREATE TABLE markers (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    timeline   TEXT NOT NULL,                  -- home, notifications
    last_read  BIGINT NOT NULL,                -- id of a post, or of a notification
    version    BIGINT NOT NULL,                -- counts the changes
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, timeline)
) WITHOUT ROWID;
