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
INSERT INTO "_sqlx_migrations" VALUES(1,'core','2026-11-23 13:40:40',1,X'EC07DBD5C222E9B47E6AB3CEC1A5AE971FF6BED0E9EA5D8ECC02EAE1DABCFA6C8CFE7DD0547DEB767BEF4F481AECF5FF',2938906);
INSERT INTO "_sqlx_migrations" VALUES(2,'markers','2026-11-23 13:40:40',1,X'CFC6EC0595F1371C5F7E755C1A9789E855533CC7EC4BDBE339F582A35DEBB294223A047F0D0CD9AF39C52CFE27B1DFCE',282782);
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
INSERT INTO "accounts" VALUES(-99,'127.61.0.1:41001','127.61.0.1:41001','','application','http://127.61.0.1:41001/actor','http://127.61.0.1:41001/','engineering','','','[]',NULL,NULL,NULL,NULL,1,0,'http://127.61.0.1:41001/inbox','http://127.61.0.1:41001/inbox','http://127.61.0.1:41001/actor/outbox',NULL,NULL,0,0,0,NULL,NULL,NULL,NULL,1795441240788,1795441240788,1795441240788);
INSERT INTO "accounts" VALUES(117666037189378048,'ann','ann','','person','http://127.61.0.1:41001/users/ann','http://127.61.0.1:41001/@ann','','','','[]',NULL,NULL,NULL,NULL,0,1,'http://127.61.0.1:41001/users/ann/inbox','http://127.61.0.1:41001/inbox','http://127.61.0.1:41001/users/ann/outbox','http://127.61.0.1:41001/users/ann/followers','http://127.61.0.1:41001/users/ann/following',2,1,1,1795441255140,NULL,NULL,NULL,1795441241294,1795441241293,1795441241293);
INSERT INTO "accounts" VALUES(117666037216509952,'127.62.0.1:41002','127.62.0.1:41002','127.62.0.1:41002','application','http://127.62.0.1:41002/actor','http://127.62.0.1:41002/','sales','','','[]',NULL,NULL,NULL,NULL,1,0,'http://127.62.0.1:41002/inbox','http://127.62.0.1:41002/inbox',NULL,NULL,NULL,0,0,0,NULL,NULL,NULL,NULL,1795441241043,1795441241707,1795441241707);
INSERT INTO "accounts" VALUES(117666037564506112,'bob','bob','127.62.0.1:41002','person','http://127.62.0.1:41002/users/bob','http://127.62.0.1:41002/@bob','bob','','','[]',NULL,NULL,NULL,NULL,0,1,'http://127.62.0.1:41002/users/bob/inbox','http://127.62.0.1:41002/inbox','http://127.62.0.1:41002/users/bob/outbox','http://127.62.0.1:41002/users/bob/followers','http://127.62.0.1:41002/users/bob/following',2,1,1,1795441252103,NULL,NULL,NULL,1795441241481,1795441247017,1795441247017);
CREATE TABLE activities (
    id         INTEGER PRIMARY KEY,
    uri        TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,  -- who signs
    body       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
INSERT INTO "activities" VALUES(117666038097117184,'http://127.61.0.1:41001/users/ann/statuses/117666038096723968/activity',117666037189378048,'{"@context":["https://www.w3.org/ns/activitystreams",{"toot":"http://joinmastodon.org/ns#","Hashtag":"as:Hashtag","sensitive":"as:sensitive","blurhash":"toot:blurhash","focalPoint":{"@container":"@list","@id":"toot:focalPoint"}}],"type":"Create","id":"http://127.61.0.1:41001/users/ann/statuses/117666038096723968/activity","actor":"http://127.61.0.1:41001/users/ann","object":{"type":"Note","id":"http://127.61.0.1:41001/users/ann/statuses/117666038096723968","url":"http://127.61.0.1:41001/@ann/117666038096723968","attributedTo":"http://127.61.0.1:41001/users/ann","to":["http://127.61.0.1:41001/organisation"],"cc":["http://127.61.0.1:41001/users/ann/followers"],"sensitive":false,"content":"<p>Written while sales was away</p>","source":{"content":"Written while sales was away","mediaType":"text/plain"},"published":"2026-11-23T13:40:55.140Z","tag":[],"attachment":[]},"to":["http://127.61.0.1:41001/organisation"],"cc":["http://127.61.0.1:41001/users/ann/followers"],"published":"2026-11-23T13:40:55.140Z"}',1795441255144);
CREATE TABLE actor_keys (
    key_id     TEXT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,                  -- rsa, ed25519
    public_key TEXT NOT NULL,                  -- PEM (SPKI) or Multikey
    fetched_at BIGINT NOT NULL
);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/actor#main-key',-99,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAx70h4hZH8myKiGe2g3le
Efv2CTmFQTAzn3oZ4gpJzPf1ALnXQyhcKWdX9b37bUbBomgFtQfpwpTIiBhVEzh9
aK/jm3ZYQ3nrpTK84yHMWH97/BUbKbPKkOKODdt83BiLjFYlGFK7w0RBPQW4kAZq
vQJHuAnsr4lly42GhVKTd1Y/FFSo6IAKx7knFteEHeoepp3uWfduWKccXXky+7ps
swb0W/o9dIgU/HTZ+5X4uPZl0Je807wH219E1yGEnmaibqwNmlE8gbsuMDHFji3f
QGFXQKMp2kKBlZEdRJ7bSm/iDZGjRSxfQoaZhBFpUUHaeCm8Tq4QyHifFfGBsqzG
JwIDAQAB
-----END PUBLIC KEY-----
',1795441240788);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/actor#ed25519-key',-99,'ed25519','z6MkmqMiCtXxtaNmpAxJtgLQDzr7wVv7HuhU6mTfL2uXWx7n',1795441240788);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/users/ann#main-key',117666037189378048,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2lbkL5dZYvoZv0a1mi4X
nA+hba2Nkps4Chd9vTXZ5s98YcNzOTbeqfsCrKCaNfjURaEhF4dI0GGE0EFY5QCg
M3Hm3P1VBY5EoHbhW1vkKBqZnM32BOFcuIETN19aZjqIA3sZiGV64RrAonlCsslo
uv6CH0hIA5HQETt7wIxgOaNrYO3uU+YmBr5PnfwF+le2xHP//LgxpDJgk9XYmtWJ
Riw6mK9pMnqW8BZPuhco/wtCUuHjDNCFoBIFq2h2E90kjWAkMscfqVpkeXddag1k
TrTaPrbIw1IZzU/YAUGxu3Hh8O+QUaZ6E70WPLaawkjeHDu0RYeOVnnFbn4K/vTE
rwIDAQAB
-----END PUBLIC KEY-----
',1795441241293);
INSERT INTO "actor_keys" VALUES('http://127.61.0.1:41001/users/ann#ed25519-key',117666037189378048,'ed25519','z6Mkpdmcw55q87pwNi1q1nJ4SrWzJKiHqwwNY4NAcicJJLjG',1795441241293);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/actor#main-key',117666037216509952,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAmigx5xSulLTSqfKToVlv
iUAB6nZ+HFKTkwx31zw8vz8IZE+0lxcHQKfvkGt+CZomQUiamIm1ZtwnFkeBmq95
x7bj1SwCtxMtFb82r9De5gy7XoGjPlhACx5ytvYr9zE31ILxTWnkuzmIC4+6hmFI
hS8ta87Tox0txPnS+FZiMro6Ys5kTfYAu92nt9P9pOWwwrxELNAvnzBwFVUTHQ0u
twn02IYyFMcErFwW28+YpCeKK7GjIMNH2QSSb3gCuCBN3KEJrHTpTGxXFWkuvFBX
bV+YUI3fhv6IkuvsbZDpVNQCh4X6wv4RRANZvwCkTKV80BSEg/KjaZu8Y7vFpgVZ
ewIDAQAB
-----END PUBLIC KEY-----
',1795441241707);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/actor#ed25519-key',117666037216509952,'ed25519','z6MkuFK9SwgjohP6NBT98HGkQiioKy23u8zAj3wrByhYqUz6',1795441241707);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/users/bob#main-key',117666037564506112,'rsa','-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxk8ohRikSyivca3Qto7/
lxqM1Da/F4sz2j32xg6bLqQBNO41LdULllZ7SXcP3OBD5iEkvavFVBOBlhvHK7If
9RJDE14bLPfbboYSDQfmMPcZDC0g5yjjLK1DdidkQUb+Ahh2h1FGkCFKRpOWGeeu
nIY5sAXmdnHMFM1X1ILuzq9UzXeYhuzwkCDxk3EKYqhi7QMagCCtZwmf8eu6g+7F
fvi9lWtdNULSQ6eMutlradpzgIfBcRNoaSVAuGwdOgzV48/KjHHrSd7OgAh9Ud5h
Yx8Zro1/3H6BvqPHZF/Ko6tAs1BJfXp+gJYf53qJgt+uMYZQihPUWXCTxtLsoGNH
ewIDAQAB
-----END PUBLIC KEY-----
',1795441247017);
INSERT INTO "actor_keys" VALUES('http://127.62.0.1:41002/users/bob#ed25519-key',117666037564506112,'ed25519','z6Mkk558wt6KHirFZ6ikN7bHcFmFok1RVMyGifGYvmGtVJwq',1795441247017);
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
INSERT INTO "deliveries" VALUES(117666038097182720,117666038097117184,'http://127.62.0.1:41002/inbox','127.62.0.1:41002',1,1795441255144,NULL,'something went wrong on this site: http://127.62.0.1:41002/inbox cannot be reached: error sending request: client error (Connect): tcp connect error: Connection refused (os error 111)');
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
INSERT INTO "favourites" VALUES(117666037564506112,117666037764194304,'http://127.62.0.1:41002/activities/117666037896249344',1795441252090);
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
INSERT INTO "follows" VALUES(117666037189378048,117666037564506112,1,'http://127.61.0.1:41001/activities/117666037564899328',1,0,1795441247023);
INSERT INTO "follows" VALUES(117666037564506112,117666037189378048,1,'http://127.62.0.1:41002/activities/117666037567127552',1,0,1795441247067);
CREATE TABLE home_entries (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status_id  BIGINT NOT NULL REFERENCES statuses (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, status_id)
) WITHOUT ROWID;
INSERT INTO "home_entries" VALUES(117666037189378048,117666037764194304);
INSERT INTO "home_entries" VALUES(117666037189378048,117666037898412032);
INSERT INTO "home_entries" VALUES(117666037189378048,117666037898936320);
INSERT INTO "home_entries" VALUES(117666037189378048,117666038096723968);
CREATE TABLE hosts (
    host            TEXT NOT NULL PRIMARY KEY,
    failures        BIGINT NOT NULL DEFAULT 0, -- in a row
    failing_since   BIGINT,
    retry_at        BIGINT,                    -- nothing is sent before
    last_success_at BIGINT,
    last_error      TEXT,
    signature_style TEXT                       -- cavage, rfc9421
);
INSERT INTO "hosts" VALUES('127.62.0.1:41002',1,1795441255146,1795444855146,1795441250078,'something went wrong on this site: http://127.62.0.1:41002/inbox cannot be reached: error sending request: client error (Connect): tcp connect error: Connection refused (os error 111)',NULL);
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
INSERT INTO "mentions" VALUES(117666037898412032,117666037189378048);
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
INSERT INTO "notifications" VALUES(117666037567979520,117666037189378048,'follow',117666037564506112,NULL,NULL,'117666037564506112:0',1795441247070);
INSERT INTO "notifications" VALUES(117666037897232384,117666037189378048,'favourite',117666037564506112,117666037764194304,NULL,'117666037564506112:117666037764194304',1795441252094);
INSERT INTO "notifications" VALUES(117666037898739712,117666037189378048,'mention',117666037564506112,117666037898412032,NULL,'117666037564506112:117666037898412032',1795441252117);
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
INSERT INTO "oauth_tokens" VALUES(117666037205499904,'b00a1acd0ca0f4aa4c09f53e6060294bdc5231d6f2c756a0e91ca7ec6eac66f8',NULL,117666037189378048,'read write follow push','command line',1795441241539,1795441247006,NULL);
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
INSERT INTO "one_time_links" VALUES('dd5664b3caac57054b6b988b0e8bdd1bfdb50011e55459159f80c8b82fbe16b4','first_run',NULL,'admin',NULL,1795441240834,1798033240834,NULL);
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
INSERT INTO "peers" VALUES(117666037216706560,'127.62.0.1:41002','accepted','http://127.62.0.1:41002/actor','http://127.62.0.1:41002/inbox','sales','#2f5d8a','http://127.62.0.1:41002/organisation','http://127.61.0.1:41001/activities/117666037216772096',NULL,1795441241710,1795441244867);
CREATE TABLE private_keys (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    rsa        TEXT NOT NULL,                  -- PKCS#8 PEM
    ed25519    TEXT NOT NULL                   -- PKCS#8 PEM
);
INSERT INTO "private_keys" VALUES(-99,'-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDHvSHiFkfybIqI
Z7aDeV4R+/YJOYVBMDOfehniCknM9/UAuddDKFwpZ1f1vfttRsGiaAW1B+nClMiI
GFUTOH1or+ObdlhDeeulMrzjIcxYf3v8FRsps8qQ4o4N23zcGIuMViUYUrvDREE9
BbiQBmq9Ake4CeyviWXLjYaFUpN3Vj8UVKjogArHuScW14Qd6h6mne5Z925Ypxxd
eTL7umyzBvRb+j10iBT8dNn7lfi49mXQl7zTvAfbX0TXIYSeZqJurA2aUTyBuy4w
McWOLd9AYVdAoynaQoGVkR1EnttKb+INkaNFLF9ChpmEEWlRQdp4KbxOrhDIeJ8V
8YGyrMYnAgMBAAECggEAFlKTNy2e9tSd8DwJusx/8JSZ3P1lC3Gz+JkbIWxdmR8G
blasByEQmRP9UZqHlKE5bMl2sdJjk/qFetL1VxjoyHVig50IpOnlpb3I5xLU6qMS
G+HOpQInRmVQ052kaQNZPTg3ccN1S+UUlsRNPyi9xHKSdLAEmA2hUcwhrO7F9P/S
WpRJtjB8pat3cnvDWINRutu6YEP3XSxHlPsLy2OrOdnmv8DwfErqhQ6msyxwJCJA
Syev/2xVFi3AZRWf5F4qOzh0yzHft9ie+HUueA8eYtrEUqJbMnMlXGpaD7++OGWm
9ivx/m25pyYEKWIngocRk6RfNS9dZ33oa3Oa+TINMQKBgQDlE6FLexayH/Smngvt
bmNPPPes/UNdejHTg/+mE+3O4ozT5upszBqgOLd93L/qOeQdcLG5vL2Z0P76DZdF
K4a2DeudeCUlcEXuhH5sn6KaCLh1YN1/Ie5OOdO7GVIeQOZEj4PQ8pBWHEb+wsVQ
F5lqfZXDQuCXLG4Tdcql01d5WQKBgQDfNsuodtpu8AVhWsySv+5IbAKaGALBefvP
yj+tgxka174cWFGfDY2McI9ERBoP68sYCJDXI8BfS9XQzIWcmJX9mIXPt0/0MiZJ
dFrIGBHa3AWajtucaHyQrBTFI1NtTo9/dpDcyJgMYYzcYYSMurcmB9ChpYxNzty0
AYD8Nb7LfwKBgQC08Rp4epNkw2UFrtURCB6dWjTwiWQKlBiDUEJAtoEi50QBpOYK
ZfWqFOKrIhDdPDj5ICjh4zmII9MjRFT2J/lSGBDB40LEHbi/PBx4RGe1b6nz3T1X
zD9lvruFj+yTRQQdp5ahFtf3jIJvfP1J1Do0KVqAT3UDM+8GpAYbkaIIkQKBgFd4
j6J6wOqMYG9gN56iW+xBd1uPYTUUaltpND74itP8C2HsMkAT/Y41Zc8oqNXoXvQS
F0BXoEE35JgoLYvKN6zjIjzd5xUYuew7DoAu/oA3jHKe3OyT/YxsAs+mIkFJce5P
NkFu0ja3241ZIapMWQ0sLtPJngu3rsFTfYpYPWZdAoGBALYKwF+kIMQan9Dp8WxK
mMxExJnXVjgzQOepFiXEoRSh49XN9SZH59u9nWMPEAnptPCrWcJBIFk0ZqmJmMYD
gLmpd/BduGc8nbG0IMRe3cAysXS/rbpS+ytC7GeFr8Y2jIp6NQ5qJo4LCR7ReMLj
DZkrvaxaFBk+LlZ6pmdpOLBd
-----END PRIVATE KEY-----
','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJavktbnD+EYe9OxSHl4w4nrbk4yZYlSZHhSyo7I4kzw
-----END PRIVATE KEY-----
');
INSERT INTO "private_keys" VALUES(117666037189378048,'-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDaVuQvl1li+hm/
RrWaLhecD6FtrY2SmzgKF329Ndnmz3xhw3M5Nt6p+wKsoJo1+NRFoSEXh0jQYYTQ
QVjlAKAzcebc/VUFjkSgduFbW+QoGpmczfYE4Vy4gRM3X1pmOogDexmIZXrhGsCi
eUKyyWi6/oIfSEgDkdARO3vAjGA5o2tg7e5T5iYGvk+d/AX6V7bEc//8uDGkMmCT
1dia1YlGLDqYr2kyepbwFk+6Fyj/C0JS4eMM0IWgEgWraHYT3SSNYCQyxx+pWmR5
d11qDWROtNo+tsjDUhnNT9gBQbG7ceHw75BRpnoTvRY8tprCSN4cO7RFh45WecVu
fgr+9MSvAgMBAAECggEAFa/Kw3VfggbAdvDBifppCu28hYXXCYhUVSBHM3t9VMEo
JBfDQpwSGsUdW2MqXhEEmJPsEwezcks1Y3ASMdDRmLqICUw6XS5n355fPPFQJLGb
r2j/tjViPctIStg0RPIsX1gjTZpyzZgYKSstNk/uEKDF8PB/gqdBiOylGpd22VKU
dP5TJWS7LQ0nRdU0XW3tJ0wTLpcIzKqtkvIH+YykQAKik5UyucG/1rBDm/2qVSiy
ZUTiXhQBHrvCABahNDP4Ot0YpDBvb8AG2wAxCqtTdLcDBJPHEthdaR5AN5jISUyi
w4TjgJMZdRbnS/22eRl1Dt75iPbSJG4fWcmqTjqqhQKBgQD/cZO9lCWcE1gFXeip
3Md0nmFtEKnRuuXlRP5YCFREYlXmE3ckaADKSkl5ovoT8GPsI4c9pIs26glQDHRO
TNA96GBsmQfUHNkLMR4TRDfWWEKypyoo0sn9pljOPcX+U8Uc7bJqEwxvC4vDwvGV
9dST0PsUv3gEyPYztUE3lv8eGwKBgQDa0KBxX+WkK74OMsOn1al7xhr4mI5egd6I
f1P5y4ZUnWgm2l81yhVfsbtdAvyp+fJe5bP464Krb2M7OKOaFqRGFBDI88ihX38u
flzd4rpGuE9wdjAzNwIhy9t57jtYtqCOV4LMAoaJG3zz5eYxTgAmppGZ9hb3SQj0
saCORexM/QKBgQCxP3s3qeuq8BU8rBv8edEAz8Fkr5JWkGxjeUtPhIAMb3uRSWJ7
pZsewwtW1srWORDs0v5NvLZI5X6OyAWQK2a3/l2iHVG8UkQcqvlmfwiLt/SYCLyN
VS6JzfqDKYQQZMo6t4j8Z7lR+F4D+WovF0RpSTJgBDfggh2sZZIaY7EkjwKBgQCv
ejHA2iPiZYX0AvfvR6S0cym8BTPfTIz2sA3bPEGM5/LXfbZu/5HmfTUBoVyYv66E
Nff/fnb7HsfYfVKORuwUmxDe5soVx+zJj2LQOnwiLLrgOJfs6odWLRLklI2ZVlQp
8roc+0WC/L1XJx5UmfX7CQepDbZbN4HsIerdTevzzQKBgCn84RiTLt4i1CYJHSI2
a2J8png2swQNoLS9w2ACQcL6YG9fuvsZh86ajdCYOcWyJrhzCEAhOe+hl49qlLZK
VycWmxJzZtMG9jUjEaIR7KN+OJzFtoJ2EnDIW9+XYePz6jlUZslGXPVjPHJL+E0g
mA1esOh87vDAqLH4hgyXBJH/
-----END PRIVATE KEY-----
','-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINT4tbjgsVyuO93wMFyxWhoF3V+dzrAhVxkaeePCfKoM
-----END PRIVATE KEY-----
');
CREATE TABLE received_activities (
    uri         TEXT NOT NULL PRIMARY KEY,
    received_at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO "received_activities" VALUES('http://127.62.0.1:41002/activities/117666037423144960',1795441244867);
INSERT INTO "received_activities" VALUES('http://127.62.0.1:41002/activities/117666037566930945',1795441247060);
INSERT INTO "received_activities" VALUES('http://127.62.0.1:41002/activities/117666037567127552',1795441247066);
INSERT INTO "received_activities" VALUES('http://127.62.0.1:41002/activities/117666037896249344',1795441252088);
INSERT INTO "received_activities" VALUES('http://127.62.0.1:41002/users/bob/statuses/117666037897166848/activity',1795441252110);
INSERT INTO "received_activities" VALUES('http://127.62.0.1:41002/users/bob/statuses/117666037897822208/activity',1795441252120);
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
INSERT INTO "settings" VALUES('pass_secret','0KYiM6D0f17zq2tbbBinaGKErilXG_Sc19I3Y7eG3fc',1795441240685);
INSERT INTO "settings" VALUES('origin','http://127.61.0.1:41001',1795441240735);
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
INSERT INTO "status_tags" VALUES(117666037764194304,'tools','tools');
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
INSERT INTO "statuses" VALUES(117666037764194304,'http://127.61.0.1:41001/users/ann/statuses/117666037764194304','http://127.61.0.1:41001/@ann/117666037764194304',117666037189378048,1,'organisation','<p>Who has the ladder? <a href="http://127.61.0.1:41001/tags/tools" class="mention hashtag" rel="nofollow noopener noreferrer">#<span>tools</span></a></p>','Who has the ladder? #tools','text/plain','',0,NULL,NULL,NULL,NULL,NULL,117666037764194304,NULL,1,0,1,1795441250064,NULL,NULL);
INSERT INTO "statuses" VALUES(117666037898412032,'http://127.62.0.1:41002/users/bob/statuses/117666037897166848','http://127.62.0.1:41002/@bob/117666037897166848',117666037564506112,0,'organisation','<p><span class="h-card" translate="no"><a href="http://127.61.0.1:41001/@ann" class="u-url mention" rel="nofollow noopener noreferrer">@<span>ann</span></a></span> it is in the shed</p>','','','',0,NULL,117666037764194304,117666037189378048,'http://127.61.0.1:41001/users/ann/statuses/117666037764194304',NULL,117666037764194304,NULL,0,0,0,1795441252094,NULL,NULL);
INSERT INTO "statuses" VALUES(117666037898936320,'http://127.62.0.1:41002/users/bob/statuses/117666037897822208','http://127.62.0.1:41002/@bob/117666037897822208',117666037564506112,0,'private','<p>For those who follow me</p>','','','',0,NULL,NULL,NULL,NULL,NULL,117666037898936320,NULL,0,0,0,1795441252103,NULL,NULL);
INSERT INTO "statuses" VALUES(117666038096723968,'http://127.61.0.1:41001/users/ann/statuses/117666038096723968','http://127.61.0.1:41001/@ann/117666038096723968',117666037189378048,1,'organisation','<p>Written while sales was away</p>','Written while sales was away','text/plain','',0,NULL,NULL,NULL,NULL,NULL,117666038096723968,NULL,0,0,0,1795441255140,NULL,NULL);
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
INSERT INTO "users" VALUES(117666037189378048,'ann@example.org','ann@example.org','$argon2id$v=19$m=19456,t=2,p=1$vH5qxHiIOQiKt5+MnOr5+w$82pIK9K9ffhSixXIkLCR43QuiS85rcEl7VkDcajCN8Y','member','',0,NULL,0,NULL,1795441241293,1795441247006);
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
