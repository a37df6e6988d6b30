-- Version 2: stories.
CREATE TABLE topics (
  topic   INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (topic, article)
) WITHOUT ROWID;
CREATE TABLE trees (
  article  INTEGER PRIMARY KEY,
  parent   INTEGER NOT NULL,        -- the article itself where it is a root
  root     INTEGER NOT NULL,
  likeness REAL NOT NULL,
  digest   BLOB NOT NULL,
  topics   BLOB NOT NULL            -- 8 bytes each, big-endian, sorted
);
CREATE INDEX trees_parent ON trees (parent);
CREATE INDEX trees_root ON trees (root, article);
CREATE TABLE trunks (
  root     INTEGER PRIMARY KEY,
  articles INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  built    INTEGER NOT NULL,        -- 0 where story and brief are out of date
  story    BLOB,
  brief    BLOB
);
CREATE TABLE claims (
  claim TEXT NOT NULL,
  root  INTEGER NOT NULL,
  PRIMARY KEY (claim, root)
) WITHOUT ROWID;
CREATE INDEX claims_root ON claims (root);
CREATE INDEX trunks_last ON trunks (last);
CREATE INDEX trunks_unbuilt ON trunks (root) WHERE built = 0;
