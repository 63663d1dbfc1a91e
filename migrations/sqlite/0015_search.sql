-- What is found, and by which words. The application folds the words (no marks, lower case, pairs of letters where a script
-- has no spaces) and writes them separated by single spaces, so that both engines find the same; what begins with U+E000
-- is no word but a mark: who wrote it, where, what it has. The engine's own tables search_index… and people_index… only
-- say where a word stands.
CREATE TABLE search_documents (
    status_id INTEGER NOT NULL PRIMARY KEY REFERENCES statuses (id) ON DELETE CASCADE,
    body      TEXT NOT NULL
);
CREATE VIRTUAL TABLE search_index
USING fts5(body, content='search_documents', content_rowid='status_id', tokenize='ascii', columnsize=0);
CREATE TRIGGER search_documents_inserted AFTER INSERT ON search_documents
BEGIN INSERT INTO search_index (rowid, body) VALUES (new.status_id, new.body); END;
CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents
BEGIN INSERT INTO search_index (search_index, rowid, body) VALUES ('delete', old.status_id, old.body); END;
CREATE TRIGGER search_documents_updated AFTER UPDATE OF body ON search_documents
BEGIN
    INSERT INTO search_index (search_index, rowid, body) VALUES ('delete', old.status_id, old.body);
    INSERT INTO search_index (rowid, body) VALUES (new.status_id, new.body);
END;

-- The same of people: names, handle, and what they say of themselves.
CREATE TABLE people_documents (
    account_id INTEGER NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    host       TEXT NOT NULL,                  -- as in accounts
    name_key   TEXT NOT NULL,                  -- the name, folded, for lists by name
    body       TEXT NOT NULL
);
CREATE INDEX people_documents_by_name ON people_documents (name_key, account_id);
CREATE VIRTUAL TABLE people_index
USING fts5(body, content='people_documents', content_rowid='account_id', tokenize='ascii', columnsize=0, prefix='1 2 3');
CREATE TRIGGER people_documents_inserted AFTER INSERT ON people_documents
BEGIN INSERT INTO people_index (rowid, body) VALUES (new.account_id, new.body); END;
CREATE TRIGGER people_documents_deleted AFTER DELETE ON people_documents
BEGIN INSERT INTO people_index (people_index, rowid, body) VALUES ('delete', old.account_id, old.body); END;
CREATE TRIGGER people_documents_updated AFTER UPDATE OF body ON people_documents
BEGIN
    INSERT INTO people_index (people_index, rowid, body) VALUES ('delete', old.account_id, old.body);
    INSERT INTO people_index (rowid, body) VALUES (new.account_id, new.body);
END;
