// Package lineage tells which article took what from whom.
//
// A [Text] is an article made ready: its words, and which of them stand in
// quotations. Its prints find the articles that may share a passage with it;
// the longest runs of words that both hold are the passages.
package lineage
