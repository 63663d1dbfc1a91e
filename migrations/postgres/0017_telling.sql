-- What a person wants to hear of, and how. No row: as the kind has it.
CREATE TABLE notification_wishes (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,                  -- a kind of notifications
    page       BOOLEAN NOT NULL,               -- without it nothing is told at all
    push       BOOLEAN NOT NULL,
    mail       BOOLEAN NOT NULL,
    PRIMARY KEY (account_id, kind)
);

-- What becomes of notifications by certain people: accept, filter (they wait as a request) or drop.
CREATE TABLE notification_policies (
    account_id       BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    not_following    TEXT NOT NULL,
    not_followers    TEXT NOT NULL,
    new_accounts     TEXT NOT NULL,
    private_mentions TEXT NOT NULL,
    limited          TEXT NOT NULL
);

-- Whose notifications a person takes, whatever the policy says.
CREATE TABLE notification_permissions (
    account_id      BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    from_account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (account_id, from_account_id)
);

ALTER TABLE notifications ADD COLUMN filtered BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX notifications_filtered ON notifications (account_id, from_account_id) WHERE filtered;

-- Mails to be sent, and those that were. `source` is unique: what was asked for twice is one mail.
CREATE TABLE mails (
    id         BIGINT PRIMARY KEY,
    account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,  -- null: to somebody who has no account yet
    address    TEXT NOT NULL,                  -- empty: looked up when it is written
    about      TEXT NOT NULL,                  -- JSON; empty once it is done
    source     TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    run_at     BIGINT NOT NULL,                -- not before; pushed on while somebody sends it
    give_up_at BIGINT NOT NULL,
    attempts   BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    done_at    BIGINT,
    outcome    TEXT                            -- sent, needless, refused, late
);
CREATE INDEX mails_due ON mails (run_at) WHERE done_at IS NULL;
CREATE INDEX mails_done ON mails (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX mails_by_account ON mails (account_id) WHERE account_id IS NOT NULL;

-- When a person wants mail, and when to be left alone. No row: as the site has it.
CREATE TABLE mail_wishes (
    account_id  BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    digest      TEXT NOT NULL,                 -- never, daily, weekly
    hour        BIGINT NOT NULL,               -- of the digest, in the person's zone
    weekday     BIGINT NOT NULL,               -- 1 Monday to 7 Sunday
    next_at     BIGINT,                        -- of the digest
    last_at     BIGINT,
    zone        TEXT NOT NULL,                 -- as in Europe/Berlin
    language    TEXT NOT NULL,                 -- of mails; empty: the site's
    quiet_from  BIGINT,                        -- hours; null: no quiet hours
    quiet_until BIGINT,
    news_off    BOOLEAN NOT NULL DEFAULT FALSE,  -- no mails about notifications
    told_up_to  BIGINT NOT NULL DEFAULT 0        -- the newest notification that a mail told of
);
CREATE INDEX mail_wishes_due ON mail_wishes (next_at) WHERE next_at IS NOT NULL;

-- Where a browser or a program wants to be woken (RFC 8030).
CREATE TABLE push_subscriptions (
    id           BIGINT PRIMARY KEY,
    account_id   BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    session_id   BIGINT UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,      -- a browser
    token_id     BIGINT UNIQUE REFERENCES oauth_tokens (id) ON DELETE CASCADE,  -- or a program
    endpoint     TEXT NOT NULL,
    endpoint_key TEXT NOT NULL UNIQUE,         -- SHA-256 of the endpoint, hex
    p256dh       TEXT NOT NULL,
    auth         TEXT NOT NULL,
    alerts       TEXT NOT NULL,                -- kinds, separated by spaces; for programs
    policy       TEXT NOT NULL,                -- all, followed, follower, none
    failures     BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL
);
CREATE INDEX push_subscriptions_by_account ON push_subscriptions (account_id);

CREATE TABLE push_jobs (
    subscription_id BIGINT NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
    notification_id BIGINT NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
    attempts        BIGINT NOT NULL DEFAULT 0,
    run_at          BIGINT NOT NULL,
    PRIMARY KEY (subscription_id, notification_id)
);
CREATE INDEX push_jobs_due ON push_jobs (run_at);
CREATE INDEX push_jobs_by_notification ON push_jobs (notification_id);

-- Whether the address was shown to be the person's, and the one that they want instead.
ALTER TABLE users ADD COLUMN email_confirmed_at BIGINT;
ALTER TABLE users ADD COLUMN wanted_email TEXT;

-- To which address a link was sent; using it shows that the address is theirs.
ALTER TABLE one_time_links ADD COLUMN address TEXT;
