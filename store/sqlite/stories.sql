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
  digest   BLOB NOT NULL
);
CREATE INDEX trees_parent ON trees (parent) WHERE parent <> article;
CREATE INDEX trees_root ON trees (root, article);
CREATE TABLE trunks (
  root     INTEGER PRIMARY KEY,
  articles INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  built    INTEGER NOT NULL,        -- a number of its own for each time, 0 where brief and story are out of date
  brief    BLOB,
  claims   TEXT,                    -- the ids of its claims when it was built last, JSON
  story    BLOB                     -- absent where it is made anew each time
);
CREATE TABLE claims (
  claim TEXT NOT NULL,
  root  INTEGER NOT NULL,           -- of the story that held it when that was built last
  PRIMARY KEY (claim, root)
) WITHOUT ROWID;
CREATE INDEX trunks_last ON trunks (last);
CREATE INDEX trunks_unbuilt ON trunks (last) WHERE built = 0;
ALTER TABLE totals ADD COLUMN built INTEGER NOT NULL DEFAULT 0;
