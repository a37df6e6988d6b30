-- Version 5: rows of prints that came last, in runs, each sorted and written once; see
-- recent.go.
CREATE TABLE recent_runs (
  run     INTEGER PRIMARY KEY AUTOINCREMENT, -- a number is never given again
  size    INTEGER NOT NULL,       -- rows, or more where some are gone
  drained INTEGER                 -- all rows of lower prints are in prints; NULL before any is
);
CREATE TABLE recent_rows (
  chunk INTEGER PRIMARY KEY,      -- the run in the upper bits, the number in it in the lower 32
  rows  BLOB NOT NULL
);
CREATE TABLE recent_filters (
  run    INTEGER PRIMARY KEY,
  firsts BLOB NOT NULL,           -- the first print of each chunk
  filter BLOB NOT NULL
);
