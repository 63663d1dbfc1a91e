-- How far a person has read here, by themselves: nobody else is ever told. A visit ends when half an hour passes
-- without a page; `before_…` is where the visit before this one ended, so that "you were here" stays where it is.
CREATE TABLE reading_marks (
    account_id  BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL,                 -- home, site, organisation, thread
    about       BIGINT NOT NULL,               -- of a thread, its first post; else 0
    last_read   BIGINT NOT NULL,               -- place in the home, else id of a post; never goes back
    seen_at     BIGINT NOT NULL,
    before_read BIGINT NOT NULL,
    before_at   BIGINT NOT NULL,               -- 0: this is the first visit
    PRIMARY KEY (account_id, kind, about)
);
CREATE INDEX reading_marks_by_time ON reading_marks (seen_at) WHERE kind = 'thread';
