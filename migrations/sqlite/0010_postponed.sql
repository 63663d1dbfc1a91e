-- What another site sent and cannot be understood before a third site answers: whoever sent it does not wait for that.
CREATE TABLE postponed_activities (
    uri      TEXT NOT NULL PRIMARY KEY,        -- id of the activity
    host     TEXT NOT NULL,                    -- of who sent it
    actor    TEXT NOT NULL,                    -- whose signature was verified when it came
    body     TEXT NOT NULL,                    -- JSON
    attempts BIGINT NOT NULL DEFAULT 0,
    due_at   BIGINT NOT NULL
);
CREATE INDEX postponed_activities_due ON postponed_activities (due_at);
CREATE INDEX postponed_activities_by_host ON postponed_activities (host);
