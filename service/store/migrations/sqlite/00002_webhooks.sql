-- +goose Up
-- Receivers of webhooks, what they are told of, and how that went.
CREATE TABLE webhooks (
  id          TEXT PRIMARY KEY,
  created_at  INTEGER NOT NULL,
  url         TEXT NOT NULL,
  description TEXT NOT NULL,
  types       TEXT NOT NULL,
  enabled     INTEGER NOT NULL,
  failed_at   INTEGER,
  gone_at     INTEGER
);

-- Secrets overlap while a receiver changes to the next: all that have not ended sign.
CREATE TABLE webhook_secrets (
  id         TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  secret     TEXT NOT NULL,
  ends_at    INTEGER
);
CREATE INDEX webhook_secrets_of_webhook ON webhook_secrets (webhook_id);

-- The payload is kept as it was signed. It goes with an erased publication.
CREATE TABLE events (
  id             TEXT PRIMARY KEY,
  type           TEXT NOT NULL,
  at             INTEGER NOT NULL,
  publication_id TEXT REFERENCES publications (id) ON DELETE CASCADE,
  payload        TEXT NOT NULL
);
CREATE INDEX events_of_publication ON events (publication_id);
CREATE INDEX events_by_instant ON events (at);

CREATE TABLE deliveries (
  id         TEXT PRIMARY KEY,
  event_id   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  state      TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed', 'dropped')),
  tries      INTEGER NOT NULL,
  round      INTEGER NOT NULL,
  due_at     INTEGER,
  UNIQUE (event_id, webhook_id)
);
CREATE INDEX deliveries_of_webhook ON deliveries (webhook_id, id);

-- A row is written before the message is sent, so that none is missing.
CREATE TABLE attempts (
  id          TEXT PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
  started_at  INTEGER NOT NULL,
  duration    INTEGER,
  status      INTEGER NOT NULL DEFAULT 0,
  class       TEXT NOT NULL DEFAULT '',
  detail      TEXT NOT NULL DEFAULT '',
  excerpt     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX attempts_of_delivery ON attempts (delivery_id, id);
