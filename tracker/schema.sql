-- The corpus on disk, version 5. Every text that was ever read stays in `texts`; `speeches` points to the current one.
-- Each statement also stands for a corpus of an older version: what is missing there is made, views are made anew.
CREATE TABLE IF NOT EXISTS texts (
    id   TEXT PRIMARY KEY,
    key  TEXT NOT NULL,
    text TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS texts_by_hash ON texts (hash);

CREATE TABLE IF NOT EXISTS speeches (
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
CREATE INDEX IF NOT EXISTS speeches_by_date ON speeches (event_date, id);
CREATE INDEX IF NOT EXISTS speeches_by_source ON speeches (source);

-- What the user said about a speech; laid over whatever is read again later.
CREATE TABLE IF NOT EXISTS corrections (
    key   TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (key, field)
) STRICT;

-- The hash of both, while no row of them has changed since it was worked out: one row or none.
CREATE TABLE IF NOT EXISTS fingerprint (
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS speeches_insert AFTER INSERT ON speeches BEGIN DELETE FROM fingerprint; END;
CREATE TRIGGER IF NOT EXISTS speeches_update AFTER UPDATE ON speeches BEGIN DELETE FROM fingerprint; END;
CREATE TRIGGER IF NOT EXISTS speeches_delete AFTER DELETE ON speeches BEGIN DELETE FROM fingerprint; END;
CREATE TRIGGER IF NOT EXISTS corrections_insert AFTER INSERT ON corrections BEGIN DELETE FROM fingerprint; END;
CREATE TRIGGER IF NOT EXISTS corrections_update AFTER UPDATE ON corrections BEGIN DELETE FROM fingerprint; END;
CREATE TRIGGER IF NOT EXISTS corrections_delete AFTER DELETE ON corrections BEGIN DELETE FROM fingerprint; END;

-- Which contrasts were looked at, and the words of each theme when they first were.
CREATE TABLE IF NOT EXISTS contrasts (
    contrast   TEXT NOT NULL,
    theme      TEXT NOT NULL,
    theme_hash TEXT NOT NULL,
    PRIMARY KEY (contrast, theme)
) STRICT;

-- Full-text search over the current texts. `words` is the text with spaces put between Chinese words (cut = 'words') or
-- characters (cut = 'characters'); NULL where the text itself is searched.
CREATE TABLE IF NOT EXISTS searched (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE REFERENCES texts (id),
    words  TEXT,
    cut    TEXT NOT NULL
) STRICT;
DROP VIEW IF EXISTS searchable;
CREATE VIEW searchable AS
SELECT r.number AS number, coalesce(r.words, t.text) AS words FROM searched r JOIN texts t ON t.id = r.id;
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (
    words, content = 'searchable', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

-- Copies and events: a sketch of every text that was weighed, what pairs of texts share (the smaller id first), and which speeches are one event.
CREATE TABLE IF NOT EXISTS sketches (
    id     TEXT PRIMARY KEY REFERENCES texts (id),
    runs   INTEGER NOT NULL,
    same   TEXT NOT NULL,
    prints BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS overlaps (
    a         TEXT NOT NULL REFERENCES texts (id),
    b         TEXT NOT NULL REFERENCES texts (id),
    contained REAL NOT NULL,
    jaccard   REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
    id     TEXT PRIMARY KEY REFERENCES texts (id),
    event  TEXT NOT NULL,
    other  TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sketches_by_same ON sketches (same);
CREATE INDEX IF NOT EXISTS overlaps_by_second ON overlaps (b);
CREATE INDEX IF NOT EXISTS events_by_event ON events (event);
CREATE INDEX IF NOT EXISTS speeches_by_event ON speeches (event) WHERE event != '';

-- The fingerprints of every sketch, so that copies are found without reading the others: which text has a fingerprint (`text` is its id as a number), and
-- in `rare` how many of those so marked a longer text must have; 0 where it is none of them.
CREATE TABLE IF NOT EXISTS prints (
    print INTEGER NOT NULL,
    rare  INTEGER NOT NULL,
    text  INTEGER NOT NULL,
    PRIMARY KEY (print, rare, text)
) STRICT, WITHOUT ROWID;

-- What was put in, changed or taken out since events were last worked out, with speaker and day as they were and are; days that were found to say nothing.
CREATE TABLE IF NOT EXISTS unsettled (
    id      TEXT NOT NULL,
    speaker TEXT NOT NULL,
    day     TEXT NOT NULL,
    PRIMARY KEY (id, speaker, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS artificial (
    day TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Passages drawn for human coders: what each sample asked and how it was drawn, its whole population by speech and stratum, what was drawn, and
-- what the coders said. Passages are known by a hash of their text. Coder '' is what was settled where coders differed; of code, 1 is yes and 0 no.
CREATE TABLE IF NOT EXISTS samples (
    id     TEXT PRIMARY KEY,
    made   TEXT NOT NULL,
    design TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sample_strata (
    sample   TEXT NOT NULL,
    speech   TEXT NOT NULL,
    stratum  TEXT NOT NULL,
    passages INTEGER NOT NULL,
    PRIMARY KEY (sample, speech, stratum)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sampled (
    sample  TEXT NOT NULL,
    passage TEXT NOT NULL,
    speech  TEXT NOT NULL,
    stratum TEXT NOT NULL,
    PRIMARY KEY (sample, passage)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS codings (
    passage TEXT NOT NULL,
    theme   TEXT NOT NULL,
    coder   TEXT NOT NULL,
    code    INTEGER NOT NULL,
    coded   TEXT NOT NULL,
    PRIMARY KEY (passage, theme, coder)
) STRICT, WITHOUT ROWID;

-- For your own queries; docs/files.md explains them.
DROP VIEW IF EXISTS corpus;
CREATE VIEW corpus AS
SELECT s.id, substr(s.event_date, 1, CASE s.precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS date, s.published, s.speaker, s.title,
       s.place, s.outlet, s.kind, s.language, s.tokens, CASE s.event WHEN 'own' THEN s.id WHEN '' THEN coalesce(e.event, s.id) ELSE s.event END AS event, s.source, t.text
FROM speeches s JOIN texts t ON t.id = s.id LEFT JOIN events e ON e.id = s.id
ORDER BY s.event_date IS NULL, s.event_date, s.id;

DROP VIEW IF EXISTS corpus_dates;
CREATE VIEW corpus_dates AS
SELECT s.id, substr(s.event_date, 1, CASE s.precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS date, s.published,
       s.status, s.basis AS known_from, s.evidence, s.source
FROM speeches s
ORDER BY s.event_date IS NULL, s.event_date, s.id;

DROP VIEW IF EXISTS corpus_tags;
CREATE VIEW corpus_tags AS
SELECT s.id, j.key AS tag, j.value AS value FROM speeches s, json_each(s.tags) j
ORDER BY s.id, j.key;

DROP VIEW IF EXISTS corpus_corrections;
CREATE VIEW corpus_corrections AS
SELECT s.id, c.field, c.value FROM corrections c JOIN speeches s ON s.key = c.key
ORDER BY s.id, c.field;

DROP VIEW IF EXISTS corpus_codings;
CREATE VIEW corpus_codings AS
SELECT DISTINCT s.speech AS id, c.passage, c.theme, CASE c.coder WHEN '' THEN 'settled' ELSE c.coder END AS coder, c.code, c.coded
FROM codings c JOIN sampled s ON s.passage = c.passage
ORDER BY s.speech, c.passage, c.theme, c.coder;
