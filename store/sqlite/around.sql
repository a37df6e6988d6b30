-- Version 3: what stands around a print, by which most articles that hold it by
-- chance are passed over; 0 where that is not known.
ALTER TABLE prints ADD COLUMN around INTEGER NOT NULL DEFAULT 0;
-- Most stories are of one article, and lists leave them out.
CREATE INDEX trunks_several ON trunks (last) WHERE articles > 1;
