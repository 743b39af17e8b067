-- +goose Up
-- Instants are microseconds since 1970 in UTC, by the database's clock.

-- One row counts the changes of publications: its lock puts them in the order in
-- which they are committed, so that who has read up to a number has missed nothing.
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
INSERT INTO counters VALUES ('changes', 0), ('keys', 0), ('disposals', 0);

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE publications (
  id              TEXT PRIMARY KEY,
  slug            TEXT NOT NULL UNIQUE,
  version         INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  withdrawn_at    INTEGER,
  withdrawn_notes TEXT,
  change          INTEGER NOT NULL UNIQUE
);

-- Every slug that a publication ever had leads to it.
CREATE TABLE slugs (
  slug           TEXT PRIMARY KEY,
  publication_id TEXT NOT NULL REFERENCES publications ON DELETE CASCADE
);
CREATE INDEX slugs_of_publication ON slugs (publication_id);

-- What was deleted, for processes that hold it in memory.
CREATE TABLE removals (publication_id TEXT PRIMARY KEY, change INTEGER NOT NULL UNIQUE);

CREATE TABLE revisions (
  publication_id TEXT NOT NULL REFERENCES publications ON DELETE CASCADE,
  number         INTEGER NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('draft', 'review', 'released')),
  reason         TEXT NOT NULL,
  release_at     INTEGER CHECK ((release_at IS NOT NULL) = (state = 'released')),
  out            INTEGER NOT NULL DEFAULT 0,
  announced_at   INTEGER,
  zone           TEXT NOT NULL,
  day            TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  record         TEXT NOT NULL,
  PRIMARY KEY (publication_id, number)
);
CREATE INDEX revisions_by_day ON revisions (state, day, publication_id);
-- What waits for its instant: the index in memory asks four times a second.
CREATE INDEX revisions_waiting ON revisions (release_at) WHERE state = 'released' AND out = 0;
CREATE INDEX revisions_unannounced ON revisions (release_at) WHERE state = 'released' AND announced_at IS NULL;

CREATE TABLE languages (
  id             INTEGER PRIMARY KEY,
  publication_id TEXT NOT NULL,
  number         INTEGER NOT NULL,
  lang           TEXT NOT NULL,
  kind           TEXT NOT NULL,
  terms          TEXT NOT NULL,
  UNIQUE (publication_id, number, lang),
  FOREIGN KEY (publication_id, number) REFERENCES revisions ON DELETE CASCADE
);
CREATE INDEX languages_of_revision ON languages (publication_id, number, kind, lang);
-- Rows of languages are added and deleted, or change in what is not searched.
CREATE VIRTUAL TABLE words USING fts5 (terms, content = 'languages', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 0");
-- +goose StatementBegin
CREATE TRIGGER words_added AFTER INSERT ON languages BEGIN
  INSERT INTO words (rowid, terms) VALUES (new.id, new.terms);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER words_deleted AFTER DELETE ON languages BEGIN
  INSERT INTO words (words, rowid, terms) VALUES ('delete', old.id, old.terms);
END;
-- +goose StatementEnd

-- Which revisions need which blobs: sources, pictures and editions.
CREATE TABLE files (
  digest         TEXT NOT NULL,
  publication_id TEXT NOT NULL,
  number         INTEGER NOT NULL,
  PRIMARY KEY (digest, publication_id, number),
  FOREIGN KEY (publication_id, number) REFERENCES revisions ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX files_of_revision ON files (publication_id, number);

CREATE TABLE audit (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  at             INTEGER NOT NULL,
  actor_kind     TEXT NOT NULL,
  actor_id       TEXT NOT NULL,
  actor_name     TEXT NOT NULL,
  action         TEXT NOT NULL,
  publication_id TEXT NOT NULL,
  slug           TEXT NOT NULL,
  number         INTEGER NOT NULL,
  request_id     TEXT NOT NULL,
  detail         TEXT NOT NULL
);
CREATE INDEX audit_of_publication ON audit (publication_id, id);
-- +goose StatementBegin
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only added to');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_fixed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit trail is only added to');
END;
-- +goose StatementEnd

CREATE TABLE previews (
  id             TEXT PRIMARY KEY,
  publication_id TEXT NOT NULL,
  number         INTEGER NOT NULL,
  reader         TEXT NOT NULL,
  created_at     INTEGER NOT NULL,
  created_by     TEXT NOT NULL,
  expires_at     INTEGER NOT NULL,
  revoked_at     INTEGER,
  FOREIGN KEY (publication_id, number) REFERENCES revisions ON DELETE CASCADE
);
CREATE INDEX previews_of_publication ON previews (publication_id);

-- What was answered to requests that carried an Idempotency-Key. The body is empty
-- once the publication is deleted or erased.
CREATE TABLE answers (
  identity    TEXT NOT NULL,
  key         TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  body        TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  publication_id TEXT NOT NULL,
  PRIMARY KEY (identity, key)
);
CREATE INDEX answers_of_publication ON answers (publication_id);

CREATE TABLE keys (
  id           TEXT PRIMARY KEY,
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER,
  hash         TEXT NOT NULL,
  previous     TEXT NOT NULL,
  record       TEXT NOT NULL
);
