-- The ledger, version 1. Keys of articles run in the order of time: minutes
-- since 1970 in the upper bits; those of undated articles are negative.
CREATE TABLE outlets (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE articles (
  key       INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE,   -- SHA-256
  page      TEXT,
  path      TEXT,
  outlet    INTEGER NOT NULL,       -- the id in outlets that its prints carry
  title     TEXT,
  published TEXT,
  modified  TEXT,
  captured  TEXT,
  named     TEXT,                   -- the outlet, as the article names it
  reader    TEXT NOT NULL
);
CREATE INDEX articles_page ON articles (page) WHERE page IS NOT NULL;
CREATE TABLE readings (
  article INTEGER PRIMARY KEY,
  reading BLOB NOT NULL,            -- see pack.go
  prints  BLOB NOT NULL,            -- what is indexed of it in prints
  topics  BLOB NOT NULL             -- and in topics
);
CREATE TABLE prints (
  print   INTEGER NOT NULL,         -- the lower 48 bits
  article INTEGER NOT NULL,
  outlet  INTEGER NOT NULL,
  PRIMARY KEY (print, article)
) WITHOUT ROWID;
CREATE TABLE reuse (
  article INTEGER NOT NULL,         -- the smaller key
  other   INTEGER NOT NULL,
  reuse   BLOB NOT NULL,
  work    BLOB,
  PRIMARY KEY (article, other)
) WITHOUT ROWID;
CREATE INDEX reuse_other ON reuse (other, article);
CREATE TABLE reviews (
  number  INTEGER PRIMARY KEY,
  article BLOB NOT NULL,            -- the SHA-256 of the article
  review  TEXT NOT NULL
);
CREATE INDEX reviews_article ON reviews (article);
CREATE VIRTUAL TABLE words USING fts5 (
  title, text, source, outlet, marks,
  content = '', contentless_delete = 1, detail = full,
  tokenize = "unicode61 remove_diacritics 2 tokenchars '_'"
);
-- Sizes are counted as they change, so that asking costs nothing.
CREATE TABLE totals (
  articles INTEGER NOT NULL,
  pairs    INTEGER NOT NULL
);
INSERT INTO totals VALUES (0, 0);
CREATE TRIGGER article_put  AFTER INSERT ON articles BEGIN UPDATE totals SET articles = articles + 1; END;
CREATE TRIGGER article_gone AFTER DELETE ON articles BEGIN UPDATE totals SET articles = articles - 1; END;
CREATE TRIGGER pair_put     AFTER INSERT ON reuse    BEGIN UPDATE totals SET pairs = pairs + 1; END;
CREATE TRIGGER pair_gone    AFTER DELETE ON reuse    BEGIN UPDATE totals SET pairs = pairs - 1; END;
