-- What is found, and by which words. The application folds the words (no marks, lower case, pairs of letters where a script
-- has no spaces) and writes them separated by single spaces, so that both engines find the same; what begins with U+E000
-- is no word but a mark: who wrote it, where, what it has. Such a text is a tsvector without places as it stands.
CREATE TABLE search_documents (
    status_id BIGINT NOT NULL PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    body      TEXT NOT NULL
);
CREATE INDEX search_documents_by_word ON search_documents USING GIN ((CAST(body AS tsvector)));

-- The same of people: names, handle, and what they say of themselves.
CREATE TABLE people_documents (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    host       TEXT NOT NULL,                  -- as in accounts
    name_key   TEXT COLLATE "C" NOT NULL,      -- the name, folded, for lists by name
    body       TEXT NOT NULL
);
CREATE INDEX people_documents_by_name ON people_documents (name_key, account_id);
CREATE INDEX people_documents_by_word ON people_documents USING GIN ((CAST(body AS tsvector)));
