-- Threads: what they are called where they began, and what is still to be looked for elsewhere.

-- The collection of a thread that began at another site (FEP-7888), as its first post said. Most threads have no row.
CREATE TABLE thread_contexts (
    conversation_id BIGINT NOT NULL PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    uri             TEXT NOT NULL
);

-- Threads whose missing posts are looked for at other sites. A row lives as long as there is something to look for or
-- to tell, and keeps the pauses.
CREATE TABLE thread_lookups (
    conversation_id BIGINT NOT NULL PRIMARY KEY,  -- as in statuses; the first post itself may be gone
    token           TEXT NOT NULL UNIQUE,      -- what clients ask after; whoever knows it opened the thread
    cause           TEXT NOT NULL,             -- reply: one came in whose parent is unknown; view: somebody opened it
    state           TEXT NOT NULL,             -- waiting (or at work), partial (a site cannot be reached), done
    due_at          BIGINT,                    -- when to look next; pushed on while somebody is at it; null: not by itself
    attempts        BIGINT NOT NULL DEFAULT 0, -- in a row that left a site unreached
    viewed_at       BIGINT,                    -- the last view that made us look
    finished_at     BIGINT,
    found           TEXT NOT NULL DEFAULT '[]',  -- JSON: ids of the posts that arrived since it was asked for
    unreachable     TEXT NOT NULL DEFAULT '[]'   -- JSON: [{"host", "posts"}], posts by address as far as they are known
);
CREATE INDEX thread_lookups_due ON thread_lookups (due_at) WHERE due_at IS NOT NULL;
