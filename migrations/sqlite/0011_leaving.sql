-- What somebody sent, when they leave.
CREATE INDEX activities_by_account ON activities (account_id);

-- What other sites deleted, when it is old enough to be forgotten.
CREATE INDEX tombstones_of_others ON tombstones (deleted_at) WHERE visibility IS NULL;
