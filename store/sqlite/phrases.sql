-- Version 4: an index of runs of three words, see phrases.go. Articles are numbered as
-- they come.
CREATE TABLE numbered (
  number  INTEGER PRIMARY KEY,
  article INTEGER NOT NULL UNIQUE
);
CREATE VIRTUAL TABLE phrases USING fts5 (
  run,
  content = '', contentless_delete = 1, detail = none,
  tokenize = "ascii"
);
