-- What stands in a home has a place of its own: a post that was found before its site sent it stands where it came.
CREATE TABLE new_home_entries (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,                -- the number of the post, or a later one
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE
);
INSERT INTO new_home_entries (account_id, position, status_id)
SELECT account_id, status_id, status_id
FROM home_entries
ORDER BY account_id, status_id;
DROP TABLE home_entries;
ALTER TABLE new_home_entries RENAME TO home_entries;
ALTER TABLE home_entries ADD CONSTRAINT home_entries_pkey PRIMARY KEY (account_id, position);
CREATE UNIQUE INDEX home_entries_by_status ON home_entries (status_id, account_id);
