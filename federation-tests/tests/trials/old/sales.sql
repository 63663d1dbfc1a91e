-- What a site of the first release left behind; see ../upgrade.rs. Its keys and passwords were made for this test.
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO "_sqlx_migrations" VALUES(1,'core','2026-11-23 13:40:40',1,X'EC07DBD5C222E9B47E6AB3CEC1A5AE971FF6BED0E9EA5D8ECC02EAE1DABCFA6C8CFE7DD0547DEB767BEF4F481AECF5FF',3101408);
INSERT INTO "_sqlx_migrations" VALUES(2,'markers','2026-11-23 13:40:40',1,X'CFC6EC0595F1371C5F7E755C1A9789E855533CC7EC4BDBE339F582A35DEBB294223A047F0D0CD9AF39C52CFE27B1DFCE',277934);
CREATE TABLE accounts (
    id              INTEGER PRIMARY KEY,
    username        TEXT NOT NULL,
    username_key    TEXT NOT NULL,             -- in lower case; with the host it is the handle
    host            TEXT NOT NULL DEFAULT '',  -- as in 'sales.example.org' or '127.0.0.2:4105'; empty: here
    kind            TEXT NOT NULL,             -- person, service, application, group, organization
    uri             TEXT NOT NULL UNIQUE,      -- the ActivityPub id
    url             TEXT NOT NULL,             -- the page for people
    display_name    TEXT NOT NULL DEFAULT '',
    note            TEXT NOT NULL DEFAULT '',  -- HTML, sanitised
    note_source     TEXT NOT NULL DEFAULT '',  -- what the person typed, if local
    fields          TEXT NOT NULL DEFAULT '[]',  -- JSON: [{"name", "value"}]
    avatar_key      TEXT,                      -- blob, if local
    avatar_url      TEXT,                      -- where it lives, if remote
    header_key      TEXT,
    header_url      TEXT,
    locked          BOOLEAN NOT NULL DEFAULT FALSE,
    discoverable    BOOLEAN NOT NULL DEFAULT TRUE,
    inbox           TEXT NOT NULL DEFAULT '',
    shared_inbox    TEXT,
    outbox          TEXT,
    followers_uri   TEXT,
    following_uri   TEXT,
    statuses_count  BIGINT NOT NULL DEFAULT 0,
    followers_count BIGINT NOT NULL DEFAULT 0,
    following_count BIGINT NOT NULL DEFAULT 0,
    last_status_at  BIGINT,
    limited_at      BIGINT,                    -- by our moderators: shown to followers only
    suspended_at    BIGINT,                    -- by our moderators: not shown, not heard
    deleted_at      BIGINT,                    -- left, here or at the origin
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    fetched_at      BIGINT NOT NULL DEFAULT 0, -- when we last read it from its origin
    UNIQUE (username_key, host)
);
INSERT INTO "accounts" VALUES(-99,'127.62.0.1:41002','127.62.0.1:41002','','application','http://127.62.0.1:41002/actor','http://127.62.0.1:41002/','sales','','','[]',NULL,NULL,NULL,NULL,1,0,'http://127.62.0.1:41002/inbox','http://127.62.0.1:41002/inbox','http://127.62.0.1:41002/actor/outbox',NULL,NULL,0,0,0,NULL,NULL,NULL,NULL,1795441241043,1795441241043,1795441241043);
INSERT INTO "accounts" VALUES(117666037201698816,'bob','bob','','person','http://127.62.0.1:41002/users/bob','http://127.62.0.1:41002/@bob','','','','[]',NULL,NULL,NULL,NULL,0,1,'http://127.62.0.1:41002/users/bob/inbox','http://127.62.0.1:41002/inbox','http://127.62.0.1:41002/users/bob/outbox','http://127.62.0.1:41002/users/bob/followers','http://127.62.0.1:41002/users/bob/following',2,1,1,1795441252103,NULL,NULL,NULL,1795441241481,1795441241481,1795441241481);
INSERT INTO "accounts" VALUES(117666037225750528,'127.61.0.1:41001','127.61.0.1:41001','127.61.0.1:41001','application','http://127.61.0.1:41001/actor','http://127.61.0.1:41001/','engineering','','','[]',NULL,NULL,NULL,NULL,1,0,'http://127.61.0.1:41001/inbox','http://127.61.0.1:41001/inbox',NULL,NULL,NULL,0,0,0,NULL,NULL,NULL,NULL,1795441240788,1795441241848,1795441241848);
INSERT INTO "accounts" VALUES(117666037566406656,'ann','ann','127.61.0.1:41001','person','http://127.61.0.1:41001/users/ann','http://127.61.0.1:41001/@ann','ann','','','[]',NULL,NULL,NULL,NULL,0,1,'http://127.61.0.1:41001/users/ann/inbox','http://127.61.0.1:41001/inbox','http://127.61.0.1:41001/users/ann/outbox','http://127.61.0.1:41001/users/ann/followers','http://127.61.0.1:41001/users/ann/following',1,1,1,1795441250064,NULL,NULL,NULL,1795441241294,1795441247049,1795441247049);
CREATE TABLE activities (
    id         INTEGER PRIMARY KEY,
    uri        TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who signs
    body       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE actor_keys (
    key_id     TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,                  -- rsa, ed25519
    public_key TEXT NOT NULL,                  -- PEM (SPKI) or Multikey
    fetched_at BIGINT NOT NULL
);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/actor#main-key',-99,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmigx5xSulLTSqfKToVlv
iUAB6nZ+HFKTkwx31zw8vz8IZE+0lxcHQKfvkGt+CZomQUiamIm1ZtwnFkeBmq95
x7bj1SwCtxMtFb82r9De5gy7XoGjPlhACx5ytvYr9zE31ILxTWnkuzmIC4+6hmFI
hS8ta87Tox0txPnS+FZiMro6Ys5kTfYAu92nt9P9pOWwwrxELNAvnzBwFVUTHQ0u
twn02IYyFMcErFwW28+YpCeKK7GjIMNH2QSSb3gCuCBN3KEJrHTpTGxXFWkuvFBX
bV+YUI3fhv6IkuvsbZDpVNQCh4X6wv4RRANZvwCkTKV80BSEg/KjaZu8Y7vFpgVZ
ewIDAQAB
-----END PUBLIC KEY-----
',1795441241043);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/actor#ed25519-key',-99,'ed25519','z6MkuFK9SwgjohP6NBT98HGkQiioKy23u8zAj3wrByhYqUz6',1795441241043);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/users/bob#main-key',117666037201698816,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxk8ohRikSyivca3Qto7/
lxqM1Da/F4sz2j32xg6bLqQBNO41LdULllZ7SXcP3OBD5iEkvavFVBOBlhvHK7If
9RJDE14bLPfbboYSDQfmMPcZDC0g5yjjLK1DdidkQUb+Ahh2h1FGkCFKRpOWGeeu
nIY5sAXmdnHMFM1X1ILuzq9UzXeYhuzwkCDxk3EKYqhi7QMagCCtZwmf8eu6g+7F
fvi9lWtdNULSQ6eMutlradpzgIfBcRNoaSVAuGwdOgzV48/KjHHrSd7OgAh9Ud5h
Yx8Zro1/3H6BvqPHZF/Ko6tAs1BJfXp+gJYf53qJgt+uMYZQihPUWXCTxtLsoGNH
ewIDAQAB
-----END PUBLIC KEY-----
',1795441241481);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/users/bob#ed25519-key',117666037201698816,'ed25519','z6Mkk558wt6KHirFZ6ikN7bHcFmFok1RVMyGifGYvmGtVJwq',1795441241481);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/actor#main-key',117666037225750528,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAx70h4hZH8myKiGe2g3le
Efv2CTmFQTAzn3oZ4gpJzPf1ALnXQyhcKWdX9b37bUbBomgFtQfpwpTIiBhVEzh9
aK/jm3ZYQ3nrpTK84yHMWH97/BUbKbPKkOKODdt83BiLjFYlGFK7w0RBPQW4kAZq
vQJHuAnsr4lly42GhVKTd1Y/FFSo6IAKx7knFteEHeoepp3uWfduWKccXXky+7ps
swb0W/o9dIgU/HTZ+5X4uPZl0Je807wH219E1yGEnmaibqwNmlE8gbsuMDHFji3f
QGFXQKMp2kKBlZEdRJ7bSm/iDZGjRSxfQoaZhBFpUUHaeCm8Tq4QyHifFfGBsqzG
JwIDAQAB
-----END PUBLIC KEY-----
',1795441241848);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/actor#ed25519-key',117666037225750528,'ed25519','z6MkmqMiCtXxtaNmpAxJtgLQDzr7wVv7HuhU6mTfL2uXWx7n',1795441241848);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/users/ann#main-key',117666037566406656,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2lbkL5dZYvoZv0a1mi4X
nA+hba2Nkps4Chd9vTXZ5s98YcNzOTbeqfsCrKCaNfjURaEhF4dI0GGE0EFY5QCg
M3Hm3P1VBY5EoHbhW1vkKBqZnM32BOFcuIETN19aZjqIA3sZiGV64RrAonlCsslo
uv6CH0hIA5HQETt7wIxgOaNrYO3uU+YmBr5PnfwF+le2xHP//LgxpDJgk9XYmtWJ
Riw6mK9pMnqW8BZPuhco/wtCUuHjDNCFoBIFq2h2E90kjWAkMscfqVpkeXddag1k
TrTaPrbIw1IZzU/YAUGxu3Hh8O+QUaZ6E70WPLaawkjeHDu0RYeOVnnFbn4K/vTE
rwIDAQAB
-----END PUBLIC KEY-----
',1795441247049);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/users/ann#ed25519-key',117666037566406656,'ed25519','z6Mkpdmcw55q87pwNi1q1nJ4SrWzJKiHqwwNY4NAcicJJLjG',1795441247049);
CREATE TABLE blocks (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    target_id  BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uri        TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, target_id)
);
CREATE TABLE deliveries (
    id          INTEGER PRIMARY KEY,           -- order of sending, for each host
    activity_id BIGINT NOT NULL REFERENCES activities (id) ON DELETE CASCADE,
    inbox       TEXT NOT NULL,
    host        TEXT NOT NULL,
    attempts    BIGINT NOT NULL DEFAULT 0,
    created_at  BIGINT NOT NULL,
    dead_at     BIGINT,
    last_error  TEXT,
    UNIQUE (activity_id, inbox)
);
CREATE TABLE events (
    id         INTEGER PRIMARY KEY,
    payload    TEXT NOT NULL,                  -- JSON of domain::Event
    attempts   BIGINT NOT NULL DEFAULT 0,
    run_at     BIGINT NOT NULL,
    last_error TEXT
);
CREATE TABLE favourites (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    uri        TEXT NOT NULL,                  -- id of the Like
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, status_id)
);
INSERT INTO "favourites" VALUES(117666037201698816,117666037764915200,'http://127.62.0.1:41002/activities/117666037896249344',1795441252079);
CREATE TABLE follows (
    account_id   BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    target_id    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    accepted     BOOLEAN NOT NULL,
    uri          TEXT NOT NULL,                -- id of the Follow
    show_reblogs BOOLEAN NOT NULL DEFAULT TRUE,
    notify       BOOLEAN NOT NULL DEFAULT FALSE,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (account_id, target_id)
);
INSERT INTO "follows" VALUES(117666037566406656,117666037201698816,1,'http://127.61.0.1:41001/activities/117666037564899328',1,0,1795441247048);
INSERT INTO "follows" VALUES(117666037201698816,117666037566406656,1,'http://127.62.0.1:41002/activities/117666037567127552',1,0,1795441247057);
CREATE TABLE home_entries (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, status_id)
) WITHOUT ROWID;
INSERT INTO "home_entries" VALUES(117666037201698816,117666037764915200);
INSERT INTO "home_entries" VALUES(117666037201698816,117666037897166848);
INSERT INTO "home_entries" VALUES(117666037201698816,117666037897822208);
CREATE TABLE hosts (
    host            TEXT NOT NULL PRIMARY KEY,
    failures        BIGINT NOT NULL DEFAULT 0, -- in a row
    failing_since   BIGINT,
    retry_at        BIGINT,                    -- nothing is sent before
    last_success_at BIGINT,
    last_error      TEXT,
    signature_style TEXT                       -- cavage, rfc9421
);
INSERT INTO "hosts" VALUES('127.61.0.1:41001',0,NULL,NULL,1795441252122,NULL,NULL);
CREATE TABLE idempotency_keys (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, key)
);
CREATE TABLE markers (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    timeline   TEXT NOT NULL,                  -- home, notifications
    last_read  BIGINT NOT NULL,                -- id of a post, or of a notification
    version    BIGINT NOT NULL,                -- counts the changes
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, timeline)
) WITHOUT ROWID;
CREATE TABLE media (
    id             INTEGER PRIMARY KEY,
    account_id     BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id      BIGINT REFERENCES statuses (id) ON DELETE CASCADE,  -- null until it is posted
    position       BIGINT NOT NULL DEFAULT 0,
    kind           TEXT NOT NULL,              -- image, unknown
    mime           TEXT NOT NULL,
    blob_key       TEXT,                       -- if it is here
    preview_key    TEXT,
    remote_url     TEXT,                       -- if it lives elsewhere
    description    TEXT NOT NULL DEFAULT '',
    width          BIGINT NOT NULL DEFAULT 0,  -- pixels; 0: not known
    height         BIGINT NOT NULL DEFAULT 0,
    preview_width  BIGINT NOT NULL DEFAULT 0,
    preview_height BIGINT NOT NULL DEFAULT 0,
    focus_x        DOUBLE PRECISION NOT NULL DEFAULT 0,  -- -1 to 1
    focus_y        DOUBLE PRECISION NOT NULL DEFAULT 0,
    blurhash       TEXT,
    size           BIGINT NOT NULL DEFAULT 0,  -- bytes
    created_at     BIGINT NOT NULL
);
CREATE TABLE mentions (
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (status_id, account_id)
);
INSERT INTO "mentions" VALUES(117666037897166848,117666037566406656);
CREATE TABLE moderation_log (
    id           INTEGER PRIMARY KEY,
    moderator_id BIGINT NOT NULL,
    kind         TEXT NOT NULL,                -- remove_post, limit_person, suspend_person, block_site, resolve_report, undo
    account_id   BIGINT,
    status_id    BIGINT,
    host         TEXT,
    report_id    BIGINT,
    reason       TEXT NOT NULL,
    undoes       BIGINT,                       -- the action that this one undoes
    created_at   BIGINT NOT NULL
);
CREATE TABLE mutes (
    account_id    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    target_id     BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    notifications BOOLEAN NOT NULL DEFAULT TRUE,
    expires_at    BIGINT,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (account_id, target_id)
);
CREATE TABLE notifications (
    id              INTEGER PRIMARY KEY,
    account_id      BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who reads it
    kind            TEXT NOT NULL,             -- mention, favourite, reblog, follow, follow_request, update, admin.report
    from_account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id       BIGINT REFERENCES statuses (id) ON DELETE CASCADE,
    report_id       BIGINT,
    source          TEXT NOT NULL,             -- with account and kind: told once
    created_at      BIGINT NOT NULL,
    UNIQUE (account_id, kind, source)
);
INSERT INTO "notifications" VALUES(117666037566930944,117666037201698816,'follow',117666037566406656,NULL,NULL,'117666037566406656:0',1795441247054);
CREATE TABLE oauth_apps (
    id                 INTEGER PRIMARY KEY,
    client_id          TEXT NOT NULL UNIQUE,
    client_secret_hash TEXT NOT NULL,
    name               TEXT NOT NULL,
    website            TEXT,
    redirect_uris      TEXT NOT NULL,          -- a line each
    scopes             TEXT NOT NULL,          -- separated by spaces
    created_at         BIGINT NOT NULL
);
CREATE TABLE oauth_codes (
    code_hash      TEXT NOT NULL PRIMARY KEY,
    app_id         BIGINT NOT NULL REFERENCES oauth_apps (id) ON DELETE CASCADE,
    account_id     BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    redirect_uri   TEXT NOT NULL,
    scopes         TEXT NOT NULL,
    code_challenge TEXT,                       -- PKCE, S256
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    used_at        BIGINT
);
CREATE TABLE oauth_tokens (
    id           INTEGER PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    app_id       BIGINT REFERENCES oauth_apps (id) ON DELETE CASCADE,    -- null: made on the command line
    account_id   BIGINT REFERENCES accounts (id) ON DELETE CASCADE,      -- null: the program for itself
    scopes       TEXT NOT NULL,
    name         TEXT NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at   BIGINT
);
INSERT INTO "oauth_tokens" VALUES(117666037210677248,'3157b49562447fd58f22579611a575f9df53583123b8563a06a2d9e373e2b2c6',NULL,117666037201698816,'read write follow push','command line',1795441241618,1795441247039,NULL);
CREATE TABLE one_time_links (
    code_hash  TEXT NOT NULL PRIMARY KEY,      -- SHA-256, hex; the code itself is not kept
    purpose    TEXT NOT NULL,                  -- first_run, invitation, reset_password
    account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,  -- whose password
    role       TEXT NOT NULL DEFAULT 'member',
    created_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
INSERT INTO "one_time_links" VALUES('954e7c74eeb3bb212d6002de6da880455795907c5f5d44998a80ea006fd429b4','first_run',NULL,'admin',NULL,1795441241069,1798033241069,NULL);
CREATE TABLE peers (
    id               INTEGER PRIMARY KEY,
    host             TEXT NOT NULL UNIQUE,
    state            TEXT NOT NULL,            -- none, invited (by us), requested (by them), accepted, removed
    actor_uri        TEXT,
    inbox            TEXT,
    name             TEXT NOT NULL DEFAULT '',
    colour           TEXT NOT NULL DEFAULT '',
    organisation_uri TEXT,                     -- the collection that stands for "the whole organisation" there
    follow_uri       TEXT,                     -- id of the Follow between the instance actors
    blocked_at       BIGINT,                   -- by our moderators
    created_at       BIGINT NOT NULL,
    updated_at       BIGINT NOT NULL
);
INSERT INTO "peers" VALUES(117666037226012672,'127.61.0.1:41001','accepted','http://127.61.0.1:41001/actor','http://127.61.0.1:41001/inbox','engineering','#2f5d8a','http://127.61.0.1:41001/organisation','http://127.61.0.1:41001/activities/117666037216772096',NULL,1795441241852,1795441244002);
CREATE TABLE private_keys (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    rsa        TEXT NOT NULL,                  -- PKCS#8 PEM
    ed25519    TEXT NOT NULL                   -- PKCS#8 PEM
);
INSERT INTO "private_keys" VALUES(-99,'-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCaKDHnFK6UtNKp
8pOhWW+JQAHqdn4cUpOTDHfXPDy/PwhkT7SXFwdAp++Qa34JmiZBSJqYibVm3CcW
R4Gar3nHtuPVLAK3Ey0Vvzav0N7mDLtegaM+WEALHnK29iv3MTfUgvFNaeS7OYgL
j7qGYUiFLy1rztOjHS3E+dL4VmIyujpizmRN9gC73ae30/2k5bDCvEQs0C+fMHAV
VRMdDS63CfTYhjIUxwSsXBbbz5ikJ4orsaMgw0fZBJJveAK4IE3coQmsdOlMbFcV
aS68UFdtX5hQjd+G/oiS6+xtkOlU1AKHhfrC/hFEA1m/AKRMpXzQFISD8qNpm7xj
u8WmBVl7AgMBAAECggEAQ+NusprnlWKaobBL9pMZ7QIstdIwEI4HIournTSQdhKu
wepeF+nSzlUGyf2kuFrT/Q0Z1BJVOnK6nfOornQXt+2hoUfr/C7sPHcEgOIFv58c
xu5lczfPIHZsw4le7FIXCbYOyW5YhmE8Ogc2eCaQluKjaKZhiqR3excgIzB7t2Wf
4l3HUfOrtr9ZjU04uZuz+3UVNeDNV98bLJ/hVMREPFV141jdqObJgU8A5p28v6WF
u/HnNSsO7fA2CgyzKKAFmzGTGkPbLmIUEMBL/ssc2G58OnEPvE41kvvzkhQCteom
pmuNB72LcXKZ3TJ4Q18Y7nlb7NUJDLZ9bxiiZWSuGQKBgQDO1FPlQfLHRu/cx3sq
BJ1cujQxG6VNnFwNBYqP64OAajahQT/t46LcPwmCb7AVf2Bm1FQeUKIfD7ysmmUU
8QRqtFeOrD1QgBBEEMzW+SOWt4HEO8ywNC9d1iHaw84CSyN9XRDECZzBOdWDJiKB
mps0OFpa8KwcLVwSTAyOkXQwSQKBgQC+zjdsrNsarKCM8gjGcCDTPF8SWDGJrHfE
PSEbEWEDGtLoXSN6dvz1QENe0fiWdF61coT5tHmgl7kj/rrCew1NlyRcjmFw+p04
Vv76mJpARMxhPPI77ckUK6wdXMGUC/4VNpKK7awX82IFl4ei2rSno1JzkRN7lj9M
qQAMDCvDowKBgB0AvTr6wnabRetptaWwu/hSzBrOy6FUebwBuOpxliEdw8ddBP/w
2deUp1q5GrIJCJWi1KDjobhFVqnFhMMpAPuNinGhSX/OVXmV+YNzsD/kP7gqwos6
5iF8c4bfyjWcH7/mmwFCb87Qs1YOtOwDqBvsgw8ZjKju22hdba1YTDixAoGAax0r
Qif7zIqyis1pHbVeyBbxLEQ0cxxOE+1ZQ2/LLUoGsolu3FYmBaww5e8sBZKIhIYo
nmGxkfT663kZ8QnRWwiJUihgDWOzlShJdfbrST8WGVR0jC4eHuOxeL5Usb7VwaTk
OXfZj4yDL650Z3ktx5pJNDVyYYPkPy30p87BVs8CgYBVupQbGMOlSm1yn5YfIQep
azugvYjgQUilLheXXWLOxtVeVe4xip73ksxhX/bVB2ysMirfSGqYPHNIdajscaYz
skYVsYcwFArKMd6obU/HA2XYhBhUqetlckdLmp249g9F7LC3DXKBOmCO8UrE75ew
WZ3ZOdoNHpo0D/uLCBNHnw==
-----END PRIVATE KEY-----
','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIIdwrLemVvfdaDWqpXksBkfxyUVqBRk1i8uM73NOAYsu
-----END PRIVATE KEY-----
');
INSERT INTO "private_keys" VALUES(117666037201698816,'-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDGTyiFGKRLKK9x
rdC2jv+XGozUNr8XizPaPfbGDpsupAE07jUt1QuWVntJdw/c4EPmISS9q8VUE4GW
G8crsh/1EkMTXhss99tuhhINB+Yw9xkMLSDnKOMsrUN2J2RBRv4CGHaHUUaQIUpG
k5YZ566chjmwBeZ2ccwUzVfUgu7Or1TNd5iG7PCQIPGTcQpiqGLtAxqAIK1nCZ/x
67qD7sV++L2Va101QtJDp4y62Wtp2nOAh8FxE2hpJUC4bB06DNXjz8qMcetJ3s6A
CH1R3mFjHxmujX/cfoG+o8dkX8qjq0CzUEl9en6Alh/neomC364xhlCKE9RZcJPG
0uygY0d7AgMBAAECggEAH8lEYhZnDzJVnM+9f+WVNkUn2ZlvhniQ4SRuz6Q7tNLO
QWEFM8l4R//+AZ03SlzFcAz+n0r5ytYtk+qelsnAXD8xx9hHsYIxBpra0y029RZG
SjCu8MkZphRHl0K3y8wd9CazqPuavIjO0lffBrFKHbCuF8wk+qCW6PwDs1PMBLjG
r3m0MRjtxt53xQIaIirbjOD5am7QB4cG2YHDQ8+tctlTDXV2ceiraX5mYarpY4v6
uQTg7DYLTW/4sh0hrPKTz76YEvgjRpW8vB7OLE0HmZOTrUH8mCxx5F00K25pGU/O
ieMygmFJ7fisYbxMAGapXojGoP8PFKNd0hosCidcQQKBgQDzRZHgUf7puWCaOEoL
BUbq/DWSbgSEj2Jf2WA3pFG8xdfjug0Djp6Ism15PqWLCTbtH+1fajPtjUDjacIZ
6rfXiJHPr+OXuACmMEGiOYaRvrhzXC0pv2Wp4n61HzfvKNAsrSbk/YUa6S7dPsjm
CSWjjZTMkVsGzqiOqzderYZUMQKBgQDQr1nofSKxkIsNdl5nUjYYuZE/uOCWc28T
gHXiXbKcjkRNxkza0/FpNkQSJrq/Wlm1mTuRfVIYqPW+ySLk1D2QQrdELXF/rahV
Eyve96Q40zpYxZ9o7GmnJhLDt8dSjyA6X7Q2HANzf69GC2iqIspb4KNCUvKbYSma
XQiRE4zHawKBgHcmlPtczdDmFfWTKljZfdGsNAUDU70liVZO3ryCA/LEqCgGwUcD
vIxRcCMZVvWRTtC3eYjpOIPaUnTQINyWxPKRFnG1wXBXFCJRsmPlbw7Fbgw6knhH
IWEi6VKG9ttxjvzC1jEEJwR2P5jnnnhk9IV12/KSIxZjc9Vk8NqzfP6RAoGBAM37
RxNj8MqzkY1IOQZi72KYR/ZN1eCrMAhf0/wL4DEHfAQIp/OXH8Jp/eass8gMtl+5
UELbIB2XKHmYrwiPNfUe5SY2dMFB99WBhtweM8qjNARLjH1UXTTPL9ZfoC6td3Im
5QpDvGRUs/y/ZiAJFxR5NqxQk4cq8JWdHseUNHDhAoGALO1wAX5vaIh62EmfvhRM
eimgeoW7v7xrcNaPJ6NO3XaI7JMyxiXHCK5DyYojWu1OnH32tTwbSsb/RkAQbPyq
sbkdh6U92x6erTjv+KQmWA4E7KXbTX+1w5Mnhrd4OraViO5K4aJArk+Gw/cgizzH
ewHndKr7feTcd4HHdZ3FQmo=
-----END PRIVATE KEY-----
','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEID8/WAynUZnEdGjgkaD8YdnXo/SX+FW1Kf+JnG0GrxSB
-----END PRIVATE KEY-----
');
CREATE TABLE received_activities (
    uri         TEXT NOT NULL PRIMARY KEY,
    received_at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO "received_activities" VALUES('http://127.61.0.1:41001/activities/117666037216772096',1795441241852);
INSERT INTO "received_activities" VALUES('http://127.61.0.1:41001/activities/117666037564899328',1795441247047);
INSERT INTO "received_activities" VALUES('http://127.61.0.1:41001/activities/117666037567979521',1795441247076);
INSERT INTO "received_activities" VALUES('http://127.61.0.1:41001/users/ann/statuses/117666037764194304/activity',1795441250075);
CREATE TABLE report_statuses (
    report_id  BIGINT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL,
    uri        TEXT NOT NULL,
    content    TEXT NOT NULL,
    PRIMARY KEY (report_id, status_id)
);
CREATE TABLE reports (
    id           INTEGER PRIMARY KEY,
    account_id   BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who reports; another site's actor for a Flag
    target_id    BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    comment      TEXT NOT NULL,
    category     TEXT NOT NULL DEFAULT 'other',  -- spam, legal, violation, other
    uri          TEXT NOT NULL UNIQUE,         -- id of the Flag
    forward      BOOLEAN NOT NULL,             -- the reporter agreed that it goes to the other site
    created_at   BIGINT NOT NULL,
    resolved_at  BIGINT,
    resolved_by  BIGINT REFERENCES accounts (id) ON DELETE SET NULL
);
CREATE TABLE sessions (
    id           INTEGER PRIMARY KEY,
    token_hash   TEXT NOT NULL UNIQUE,
    account_id   BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    csrf_token   TEXT NOT NULL,
    user_agent   TEXT NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE TABLE settings (
    name       TEXT NOT NULL PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
INSERT INTO "settings" VALUES('pass_secret','gS6-9sw3-phZhgrIGxNyEPWFbdcDJwB_sHSQgwaP-Og',1795441240906);
INSERT INTO "settings" VALUES('origin','http://127.62.0.1:41002',1795441240985);
CREATE TABLE status_edits (
    status_id    BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    created_at   BIGINT NOT NULL,              -- when this version was written
    content      TEXT NOT NULL,
    source       TEXT NOT NULL DEFAULT '',     -- as in statuses
    spoiler_text TEXT NOT NULL,
    sensitive    BOOLEAN NOT NULL,
    PRIMARY KEY (status_id, created_at)
);
CREATE TABLE status_tags (
    status_id BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    name      TEXT NOT NULL,                   -- in lower case
    display   TEXT NOT NULL,
    PRIMARY KEY (status_id, name)
);
INSERT INTO "status_tags" VALUES(117666037764915200,'tools','tools');
CREATE TABLE statuses (
    id                     INTEGER PRIMARY KEY,
    uri                    TEXT NOT NULL UNIQUE,
    url                    TEXT NOT NULL,
    account_id             BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    local                  BOOLEAN NOT NULL,
    visibility             TEXT NOT NULL,      -- public, unlisted, organisation, site, private, direct
    content                TEXT NOT NULL,      -- HTML, sanitised
    source                 TEXT NOT NULL DEFAULT '',  -- what the person typed, if local
    source_type            TEXT NOT NULL DEFAULT 'text/plain',  -- or text/markdown
    spoiler_text           TEXT NOT NULL DEFAULT '',
    sensitive              BOOLEAN NOT NULL DEFAULT FALSE,
    language               TEXT,
    in_reply_to_id         BIGINT REFERENCES statuses (id) ON DELETE SET NULL,
    in_reply_to_account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    in_reply_to_uri        TEXT,               -- also when the post is not here
    reblog_of_id           BIGINT REFERENCES statuses (id) ON DELETE CASCADE,
    conversation_id        BIGINT NOT NULL,    -- id of the first post of the thread, as far as it is known
    app_id                 BIGINT REFERENCES oauth_apps (id) ON DELETE SET NULL,
    replies_count          BIGINT NOT NULL DEFAULT 0,
    reblogs_count          BIGINT NOT NULL DEFAULT 0,
    favourites_count       BIGINT NOT NULL DEFAULT 0,
    created_at             BIGINT NOT NULL,
    edited_at              BIGINT,
    removed_at             BIGINT              -- by our moderators
);
INSERT INTO "statuses" VALUES(117666037764915200,'http://127.61.0.1:41001/users/ann/statuses/117666037764194304','http://127.61.0.1:41001/@ann/117666037764194304',117666037566406656,0,'organisation','<p>Who has the ladder? <a href="http://127.61.0.1:41001/tags/tools" class="mention hashtag" rel="nofollow noopener noreferrer">#<span>tools</span></a></p>','','','',0,NULL,NULL,NULL,NULL,NULL,117666037764915200,NULL,1,0,1,1795441250064,NULL,NULL);
INSERT INTO "statuses" VALUES(117666037897166848,'http://127.62.0.1:41002/users/bob/statuses/117666037897166848','http://127.62.0.1:41002/@bob/117666037897166848',117666037201698816,1,'organisation','<p><span class="h-card" translate="no"><a href="http://127.61.0.1:41001/@ann" class="u-url mention" rel="nofollow noopener noreferrer">@<span>ann</span></a></span> it is in the shed</p>','@ann@127.61.0.1:41001 it is in the shed','text/plain','',0,NULL,117666037764915200,117666037566406656,'http://127.61.0.1:41001/users/ann/statuses/117666037764194304',NULL,117666037764915200,NULL,0,0,0,1795441252094,NULL,NULL);
INSERT INTO "statuses" VALUES(117666037897822208,'http://127.62.0.1:41002/users/bob/statuses/117666037897822208','http://127.62.0.1:41002/@bob/117666037897822208',117666037201698816,1,'private','<p>For those who follow me</p>','For those who follow me','text/plain','',0,NULL,NULL,NULL,NULL,NULL,117666037897822208,NULL,0,0,0,1795441252103,NULL,NULL);
CREATE TABLE tombstones (
    uri        TEXT NOT NULL PRIMARY KEY,
    deleted_at BIGINT NOT NULL
);
CREATE TABLE users (
    account_id         BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    email              TEXT NOT NULL,
    email_key          TEXT NOT NULL UNIQUE,   -- in lower case
    password_hash      TEXT NOT NULL,          -- argon2id, PHC string
    role               TEXT NOT NULL,          -- member, moderator, admin
    default_visibility TEXT NOT NULL DEFAULT '',  -- empty: the widest that the site allows
    default_sensitive  BOOLEAN NOT NULL DEFAULT FALSE,
    default_language   TEXT,
    read_notification  BIGINT NOT NULL DEFAULT 0,  -- the newest notification that was seen
    disabled_at        BIGINT,
    created_at         BIGINT NOT NULL,
    last_seen_at       BIGINT
);
INSERT INTO "users" VALUES(117666037201698816,'bob@example.org','bob@example.org','$argon2id$v=19$m=19456,t=2,p=1$pIrcZM9xVRhYpVG5OmZc1w$bR5TGzPzJUh/b1J1ujCFpU5N44gZsUL2JioOIW409HE','member','',0,NULL,0,NULL,1795441241481,1795441247039);
CREATE INDEX accounts_by_host ON accounts (host, id) WHERE host <> '';
CREATE INDEX actor_keys_by_account ON actor_keys (account_id);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX oauth_tokens_by_account ON oauth_tokens (account_id);
CREATE INDEX follows_by_target ON follows (target_id, accepted, created_at);
CREATE INDEX follows_by_uri ON follows (uri);
CREATE INDEX blocks_by_target ON blocks (target_id);
CREATE INDEX statuses_by_account ON statuses (account_id, id);
CREATE INDEX statuses_by_parent ON statuses (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX statuses_by_parent_uri ON statuses (in_reply_to_uri) WHERE in_reply_to_uri IS NOT NULL AND in_reply_to_id IS NULL;
CREATE UNIQUE INDEX statuses_reblogs ON statuses (reblog_of_id, account_id) WHERE reblog_of_id IS NOT NULL;
CREATE INDEX statuses_local_timeline ON statuses (id)
    WHERE local AND reblog_of_id IS NULL AND visibility IN ('public', 'organisation', 'site');
CREATE INDEX statuses_organisation_timeline ON statuses (id)
    WHERE reblog_of_id IS NULL AND visibility IN ('public', 'organisation');
CREATE INDEX mentions_by_account ON mentions (account_id, status_id);
CREATE INDEX status_tags_by_name ON status_tags (name, status_id);
CREATE INDEX media_by_status ON media (status_id, position) WHERE status_id IS NOT NULL;
CREATE INDEX media_by_account ON media (account_id, id);
CREATE INDEX favourites_by_status ON favourites (status_id, created_at);
CREATE INDEX home_entries_by_status ON home_entries (status_id);
CREATE INDEX notifications_by_account ON notifications (account_id, id);
CREATE INDEX notifications_by_status ON notifications (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX events_due ON events (run_at, id);
CREATE INDEX deliveries_by_host ON deliveries (host, id) WHERE dead_at IS NULL;
CREATE INDEX received_activities_by_time ON received_activities (received_at);
CREATE INDEX reports_open ON reports (id) WHERE resolved_at IS NULL;
CREATE INDEX reports_by_target ON reports (target_id, id);
CREATE UNIQUE INDEX moderation_log_undo ON moderation_log (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER moderation_log_is_append_only_1 BEFORE UPDATE ON moderation_log
BEGIN SELECT RAISE(ABORT, 'the moderation log is append-only'); END;
CREATE TRIGGER moderation_log_is_append_only_2 BEFORE DELETE ON moderation_log
BEGIN SELECT RAISE(ABORT, 'the moderation log is append-only'); END;
COMMIT;
