package english

import (
	"fmt"
	"strconv"
	"strings"

	"whence"
)

// Cluster is a class of words that stand in like surroundings, learned from
// unlabelled news: the exchange algorithm (Kneser and Ney 1993; Martin,
// Liermann and Ney 1998) with a binary tree over the classes (Brown et al.
// 1992). The zero Cluster is that of words too rare to have one.
type Cluster uint16

// Clusters are the classes of words by spelling, and where each stands in a
// tree of likeness.
type Clusters struct {
	of    map[string]Cluster
	paths []path // by Cluster; that of 0 is empty
}

// path is the way from the root of the tree to a class, the first step in the
// highest bit.
type path struct {
	bits   uint64
	length uint8
}

// first hashes the first n steps; a shorter path stands for itself.
func (p path) first(n uint8) uint64 {
	if p.length < n {
		n = p.length
	}
	return Mix((p.bits>>(p.length-n))<<8|uint64(n), 2)
}

// Prefix hashes the first n steps from the root of the tree to a cluster: words
// whose prefixes are the same are the more alike the longer it is. It is 0 for
// the zero Cluster.
func (c *Clusters) Prefix(of Cluster, n int) uint64 {
	if of == 0 || int(of) >= len(c.paths) {
		return 0
	}
	return c.paths[of].first(uint8(max(0, min(n, 64))))
}

// ParseClusters reads a table of clusters: a class a line, the steps of its
// path as 0 and 1, then its words, between tabs.
func ParseClusters(table string) (*Clusters, error) {
	c := &Clusters{of: make(map[string]Cluster, strings.Count(table, "\t")), paths: []path{{}}}
	for line := range strings.Lines(table) {
		steps, words, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		bits, err := strconv.ParseUint(steps, 2, 64)
		if err != nil || len(steps) > 64 || len(c.paths) > 1<<15 {
			return nil, fmt.Errorf("reading word classes: class %d has the path %q: %w", len(c.paths), steps, whence.ErrMalformed)
		}
		id := Cluster(len(c.paths))
		c.paths = append(c.paths, path{bits, uint8(len(steps))})
		for word := range strings.SplitSeq(words, "\t") {
			c.of[word] = id
		}
	}
	return c, nil
}

// clusterKey appends the spelling that clusters are learned and looked up by:
// apostrophes are plain, and all digits alike.
func clusterKey[S ~string | ~[]byte](to []byte, word S) []byte {
	for i := 0; i < len(word); i++ {
		switch b := word[i]; {
		case '0' <= b && b <= '9':
			to = append(to, '0')
		case b == 0xE2 && i+2 < len(word) && word[i+1] == 0x80 && word[i+2] == 0x99: // ’
			to = append(to, '\'')
			i += 2
		default:
			to = append(to, b)
		}
	}
	return to
}

// ClusterKey is the spelling that clusters are learned by: apostrophes are
// plain, and all digits alike.
func ClusterKey(word string) string { return string(clusterKey(nil, word)) }
