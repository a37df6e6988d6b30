package sqlite

import (
	"errors"
	"fmt"
	"iter"
	"math"

	"whence/store"
)

// Digest is what was put in with an article.
func (r *reader) Digest(k store.Key) (digest []byte, err error) {
	err = r.row("SELECT digest FROM trees WHERE article = ?", k).Scan(&digest)
	return digest, r.of(k, err)
}

// TopicHolders are the articles that hold a topic.
func (r *reader) TopicHolders(topic store.Print, from, to store.Key, limit int, latestFirst bool, visit func(store.Key)) error {
	query := "SELECT article FROM topics WHERE topic = ? AND article >= ? AND article < ? ORDER BY article LIMIT ?"
	if latestFirst {
		query = "SELECT article FROM topics WHERE topic = ? AND article >= ? AND article < ? ORDER BY article DESC LIMIT ?"
	}
	keys, err := all[store.Key](r, query, int64(topic), from, to, limit)
	if err != nil {
		return fmt.Errorf("looking for articles on a topic: %w", err)
	}
	for _, k := range keys {
		visit(k)
	}
	return nil
}

// Tree is an article's place in the forest.
func (r *reader) Tree(k store.Key) (store.Tree, error) {
	t := store.Tree{Key: k}
	err := r.row("SELECT parent, likeness, root FROM trees WHERE article = ?", k).Scan(&t.Parent, &t.Likeness, &t.Root)
	return t, r.of(k, err)
}

// Children hang on an article.
func (r *reader) Children(k store.Key) ([]store.Key, error) {
	return all[store.Key](r, "SELECT article FROM trees WHERE parent = ?1 AND article <> ?1 ORDER BY article", k)
}

// Members are the articles of a story.
func (r *reader) Members(root store.Key) ([]store.Key, error) {
	return all[store.Key](r, "SELECT article FROM trees WHERE root = ? ORDER BY article", root)
}

// Trunk is a story.
func (r *reader) Trunk(root store.Key) (store.Trunk, error) {
	t := store.Trunk{Root: root, First: root}
	err := r.row("SELECT articles, last, story, brief FROM trunks WHERE root = ?", root).Scan(&t.Articles, &t.Last, &t.Story, &t.Brief)
	return t, r.of(root, err)
}

// Trunks yields stories, the latest first.
func (r *reader) Trunks(before store.Key) iter.Seq2[store.Trunk, error] {
	if before == 0 {
		before = math.MaxInt64
	}
	scan := func(row interface{ Scan(...any) error }) (store.Trunk, error) {
		var t store.Trunk
		err := row.Scan(&t.Root, &t.Articles, &t.Last, &t.Brief)
		t.First = t.Root
		return t, err
	}
	return rows(r, scan, "SELECT root, articles, last, brief FROM trunks WHERE last < ? ORDER BY last DESC", before)
}

// Unbuilt yields stories that are out of date.
func (r *reader) Unbuilt(limit int) ([]store.Key, error) {
	return all[store.Key](r, "SELECT root FROM trunks WHERE built = 0 ORDER BY root LIMIT ?", limit)
}

// plant makes an article a tree of its own.
func (w *writer) plant(k store.Key, e store.Entry) error {
	digest := e.Digest
	if digest == nil {
		digest = []byte{}
	}
	for _, row := range []struct {
		query string
		args  []any
	}{
		{"INSERT INTO trees (article, parent, root, likeness, digest, topics) VALUES (?1, ?1, ?1, 0, ?2, ?3)", []any{k, digest, packPrints(e.Topics)}},
		{"INSERT INTO topics (topic, article) SELECT value, ? FROM json_each(?)", []any{k, printsJSON(e.Topics)}},
		{"INSERT INTO trunks (root, articles, last, built) VALUES (?1, 1, ?1, 0)", []any{k}},
	} {
		if err := w.do(row.query, row.args...); err != nil {
			return fmt.Errorf("keeping a story: %w", err)
		}
	}
	return nil
}

// fell takes an article out of the forest. What hung on it become roots.
func (w *writer) fell(k store.Key) error {
	t, err := w.Tree(k)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	children, err := w.Children(k)
	if err != nil {
		return err
	}
	for _, c := range children {
		if err := w.Hang(c, c, 0); err != nil {
			return err
		}
	}
	var packed []byte
	if err := w.row("SELECT topics FROM trees WHERE article = ?", k).Scan(&packed); err != nil {
		return w.of(k, err)
	}
	topics, err := unpackPrints(packed)
	if err != nil {
		return err
	}
	if err := w.do("DELETE FROM topics WHERE article = ? AND topic IN (SELECT value FROM json_each(?))", k, printsJSON(topics)); err != nil {
		return err
	}
	if err := w.do("DELETE FROM trees WHERE article = ?", k); err != nil {
		return err
	}
	return w.recount(t.Root)
}

// Hang moves an article and what hangs on it.
func (w *writer) Hang(k, parent store.Key, likeness float64) error {
	t, err := w.Tree(k)
	if err != nil {
		return err
	}
	root := k
	if parent != k {
		p, err := w.Tree(parent)
		if err != nil {
			return err
		}
		root = p.Root
	}
	if err := w.do("UPDATE trees SET parent = ?, likeness = ? WHERE article = ?", parent, likeness, k); err != nil {
		return fmt.Errorf("moving an article between stories: %w", err)
	}
	if root == t.Root {
		return w.Outdate(k)
	}
	const below = `WITH RECURSIVE below (article) AS (VALUES (?1) UNION SELECT trees.article FROM trees JOIN below ON trees.parent = below.article)
		UPDATE trees SET root = ?2 WHERE article IN (SELECT article FROM below)`
	if err := w.do(below, k, root); err != nil {
		return fmt.Errorf("moving an article between stories: %w", err)
	}
	return errors.Join(w.recount(t.Root), w.recount(root))
}

// recount brings the row of a story up to date, and marks it.
func (w *writer) recount(root store.Key) error {
	for _, query := range []string{
		"DELETE FROM claims WHERE root = ?",
		"DELETE FROM trunks WHERE root = ?",
		"INSERT INTO trunks (root, articles, last, built) SELECT root, count(*), max(article), 0 FROM trees WHERE root = ? GROUP BY root",
	} {
		if err := w.do(query, root); err != nil {
			return fmt.Errorf("counting a story's articles: %w", err)
		}
	}
	return nil
}

// Outdate marks the story of an article. What it came to is dropped.
func (w *writer) Outdate(k store.Key) error {
	return w.do("UPDATE trunks SET built = 0, story = NULL, brief = NULL WHERE root = (SELECT root FROM trees WHERE article = ?) AND built = 1", k)
}

// PutStory keeps what a story comes to.
func (w *writer) PutStory(root store.Key, story, brief []byte, claims []string) error {
	if err := w.do("UPDATE trunks SET built = 1, story = ?, brief = ? WHERE root = ?", story, brief, root); err != nil {
		return fmt.Errorf("keeping a story: %w", err)
	}
	if err := w.do("DELETE FROM claims WHERE root = ?", root); err != nil {
		return fmt.Errorf("keeping a story's claims: %w", err)
	}
	for _, c := range claims {
		if err := w.do("INSERT OR IGNORE INTO claims (claim, root) VALUES (?, ?)", c, root); err != nil {
			return fmt.Errorf("keeping a story's claims: %w", err)
		}
	}
	return nil
}

// FindClaim is where a claim is.
func (r *reader) FindClaim(id string) (root store.Key, whole string, err error) {
	type found struct {
		claim string
		root  store.Key
	}
	scan := func(row interface{ Scan(...any) error }) (f found, err error) {
		err = row.Scan(&f.claim, &f.root)
		return f, err
	}
	var list []found
	// The tilde comes after every character of an id.
	for f, err := range rows(r, scan, "SELECT claim, root FROM claims WHERE claim >= ? AND claim < ? LIMIT 2", id, id+"~") {
		if err != nil {
			return 0, "", fmt.Errorf("looking for claim %q: %w", id, err)
		}
		list = append(list, f)
	}
	switch {
	case len(id) < shortestClaim || len(list) == 0:
		return 0, "", fmt.Errorf("claim %q: %w", id, store.ErrAbsent)
	case len(list) > 1 && list[0].claim != id:
		return 0, "", fmt.Errorf("claim %q: %w", id, store.ErrAmbiguous)
	}
	return list[0].root, list[0].claim, nil
}

// shortestClaim is how much of a claim's id is enough to look for it.
const shortestClaim = 5
