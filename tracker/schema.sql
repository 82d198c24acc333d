-- The corpus on disk, version 1. Every text that was ever read stays in `texts`; `speeches` points to the current one.
CREATE TABLE texts (
    id   TEXT PRIMARY KEY,
    key  TEXT NOT NULL,
    text TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX texts_by_hash ON texts (hash);

CREATE TABLE speeches (
    key        TEXT PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE REFERENCES texts (id),
    event_date TEXT,
    published  TEXT,
    precision  TEXT,
    basis      TEXT,
    status     TEXT NOT NULL,
    evidence   TEXT NOT NULL,
    candidates TEXT NOT NULL,
    title      TEXT NOT NULL,
    speaker    TEXT NOT NULL,
    place      TEXT NOT NULL,
    outlet     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    language   TEXT NOT NULL,
    tags       TEXT NOT NULL,
    source     TEXT NOT NULL,
    event      TEXT NOT NULL,
    inferred   TEXT NOT NULL,
    tokens     INTEGER NOT NULL
) STRICT;
CREATE INDEX speeches_by_date ON speeches (event_date, id);
CREATE INDEX speeches_by_source ON speeches (source);

-- What the user said about a speech; laid over whatever is read again later.
CREATE TABLE corrections (
    key   TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (key, field)
) STRICT;

-- Which contrasts were looked at, and the words of each theme when they first were.
CREATE TABLE contrasts (
    contrast   TEXT NOT NULL,
    theme      TEXT NOT NULL,
    theme_hash TEXT NOT NULL,
    PRIMARY KEY (contrast, theme)
) STRICT;

CREATE VIEW corpus AS
SELECT s.id, s.event_date AS date, s.published, s.speaker, s.title, s.place, s.outlet, s.kind, s.language, s.tokens, s.source, t.text
FROM speeches s JOIN texts t ON t.id = s.id
ORDER BY s.event_date, s.id;
