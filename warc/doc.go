// Package warc reads and writes WARC files (ISO 28500), the format that web
// archives are kept in.
//
// # Reading
//
// [Reader] takes any bytes that claim to be WARC 0.16 to 1.1: plain, one gzip
// member a record, the whole file as one gzip member or as several that cut
// records anywhere, and files that mix these. It promises that
//
//   - contents are streamed and memory stays flat, whatever the size of file
//     and records (about half a megabyte a Reader);
//   - whatever stands in the file, it neither panics nor hangs, and no more
//     than a documented measure is inflated from a few bytes ([Limits]);
//   - what is there is given: of a file that is cut short, the beginning; of a
//     damaged one, everything that begins with a record header that can be
//     read;
//   - nothing is passed over in silence: bytes that belong to no record, a
//     Content-Length that is missing or wrong, a broken gzip member are named
//     in [Reader.Warnings] with the byte they stand at;
//   - a record whose Content-Length leads to a record boundary is never split,
//     so that text inside a page cannot pose as a record of the archive.
//
// [Record.HTTP] gives the response inside a record: the status, the header and
// the body without transfer chunking and content encoding (gzip, deflate,
// brotli, zstd). Bodies that are not what their header declares are given as
// they stand. Digests are computed while a content is read; [Record.Digests]
// says whether they match.
//
// It refuses, with [whence.ErrNotRecognised] and a hint, files compressed with
// anything but gzip, and the older ARC format. It does not join the segments
// of `continuation` records.
//
// # Writing
//
// [Writer] writes WARC 1.1 (or 1.0), one gzip member a record, each with its
// id, date, length, block digest and payload digest, so that other programs'
// validators accept it and what was written is read back the same. [Append]
// opens a file to which records are added, and takes back a record that could
// not be written whole.
package warc
