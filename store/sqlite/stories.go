package sqlite

import (
	"database/sql"
	"encoding/json"
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

// TopicHolders are the articles that hold topics.
func (r *reader) TopicHolders(topics []store.Print, from, to store.Key, limit int, latestFirst bool, visit func(store.Key)) error {
	if len(topics) == 0 || limit <= 0 {
		return nil
	}
	if r.bulk != nil {
		r.bulk.topics.nearest(topics, from, to, limit, latestFirst, visit)
		return nil
	}
	list := printsJSON(topics)
	scan := func(row interface{ Scan(...any) error }) (p place, err error) {
		err = row.Scan(&p.topic, &p.key)
		return p, err
	}
	found := make([]place, 0, mostAsked)
	for p, err := range rows(r, scan, "SELECT key, article FROM json_each(?1) CROSS JOIN topics ON topic = value AND article >= ?2 AND article < ?3 LIMIT ?4", list, from, to, mostGiven) {
		if err != nil {
			return fmt.Errorf("looking for articles on a topic: %w", err)
		}
		found = append(found, p)
	}
	if len(found) < mostGiven {
		visitNearest(found, limit, latestFirst, visit)
		return nil
	}
	query := `SELECT DISTINCT article FROM json_each(?1) CROSS JOIN topics ON topic = value AND article >= ?2 AND article <= ifnull(
		(SELECT article FROM topics AS t WHERE t.topic = value AND t.article >= ?2 AND t.article < ?3 ORDER BY t.article LIMIT 1 OFFSET ?4 - 1), ?3 - 1)`
	if latestFirst {
		query = `SELECT DISTINCT article FROM json_each(?1) CROSS JOIN topics ON topic = value AND article < ?3 AND article >= ifnull(
			(SELECT article FROM topics AS t WHERE t.topic = value AND t.article >= ?2 AND t.article < ?3 ORDER BY t.article DESC LIMIT 1 OFFSET ?4 - 1), ?2)`
	}
	for k, err := range rows(r, scanKey, query, list, from, to, limit) {
		if err != nil {
			return fmt.Errorf("looking for articles on a topic: %w", err)
		}
		visit(k)
	}
	return nil
}

// place is an article that holds a topic, by its number.
type place struct {
	topic int
	key   store.Key
}

// visitNearest visits each article once, of each topic at most limit: the earliest,
// or the latest. The places are in the order of topics, then of keys.
func visitNearest(places []place, limit int, latest bool, visit func(store.Key)) {
	seen := map[store.Key]bool{}
	for len(places) > 0 {
		n := 1
		for n < len(places) && places[n].topic == places[0].topic {
			n++
		}
		of := places[:n]
		if latest {
			of = of[max(0, n-limit):]
		}
		for _, p := range of[:min(limit, len(of))] {
			if !seen[p.key] {
				seen[p.key] = true
				visit(p.key)
			}
		}
		places = places[n:]
	}
}

func scanKey(row interface{ Scan(...any) error }) (k store.Key, err error) {
	err = row.Scan(&k)
	return k, err
}

// Tree is an article's place in the forest.
func (r *reader) Tree(k store.Key) (store.Tree, error) {
	t := store.Tree{Key: k}
	err := r.row("SELECT parent, likeness, root FROM trees WHERE article = ?", k).Scan(&t.Parent, &t.Likeness, &t.Root)
	return t, r.of(k, err)
}

// Children hang on an article.
func (r *reader) Children(k store.Key) ([]store.Key, error) {
	return all[store.Key](r, "SELECT article FROM trees WHERE parent = ? AND parent <> article ORDER BY article", k)
}

// Members are the articles of a story.
func (r *reader) Members(root store.Key) ([]store.Key, error) {
	return all[store.Key](r, "SELECT article FROM trees WHERE root = ? ORDER BY article", root)
}

// Trunk is a story.
func (r *reader) Trunk(root store.Key) (store.Trunk, error) {
	t := store.Trunk{Root: root, First: root}
	err := r.row("SELECT articles, last, built, story, brief FROM trunks WHERE root = ?", root).Scan(&t.Articles, &t.Last, &t.Built, &t.Story, &t.Brief)
	return t, r.of(root, err)
}

// Trunks yields stories, the latest first.
func (r *reader) Trunks(before store.Key, least int) iter.Seq2[store.Trunk, error] {
	if before == 0 {
		before = math.MaxInt64
	}
	scan := func(row interface{ Scan(...any) error }) (store.Trunk, error) {
		var t store.Trunk
		err := row.Scan(&t.Root, &t.Articles, &t.Last, &t.Built, &t.Brief)
		t.First = t.Root
		return t, err
	}
	const columns = "SELECT root, articles, last, built, brief FROM trunks WHERE last < ? "
	if least <= 1 {
		return rows(r, scan, columns+"ORDER BY last DESC", before)
	}
	// Most stories are of one article; those of more have an index of their own.
	return rows(r, scan, columns+"AND articles > 1 AND articles >= ? ORDER BY last DESC", before, least)
}

// Unbuilt yields stories that are out of date, the latest first.
func (r *reader) Unbuilt(limit int) ([]store.Key, error) {
	return all[store.Key](r, "SELECT root FROM trunks WHERE built = 0 ORDER BY last DESC LIMIT ?", limit)
}

// plant makes an article a tree of its own.
func (w *writer) plant(k store.Key, e store.Entry) error {
	digest := e.Digest
	if digest == nil {
		digest = []byte{}
	}
	return errors.Join(
		w.do("INSERT INTO trees (article, parent, root, likeness, digest) VALUES (?1, ?1, ?1, 0, ?2)", k, digest),
		w.do("INSERT INTO trunks (root, articles, last, built) VALUES (?1, 1, ?1, 0)", k))
}

// fell takes an article out of the forest. What hung on it become roots.
func (w *writer) fell(k store.Key) error {
	children, err := w.Children(k)
	if err != nil {
		return err
	}
	for _, c := range children {
		if err := w.Hang(c, c, 0); err != nil {
			return err
		}
	}
	t, err := w.Tree(k)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.do("DELETE FROM trees WHERE article = ?", k); err != nil {
		return fmt.Errorf("taking an article out of its story: %w", err)
	}
	return w.resize(t.Root, -1)
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
	const below = `WITH RECURSIVE below (article) AS (VALUES (?1) UNION SELECT trees.article FROM below CROSS JOIN trees ON trees.parent = below.article AND trees.parent <> trees.article)
		UPDATE trees SET root = ?2 WHERE article IN (SELECT article FROM below)`
	moved, err := w.count(below, k, root)
	if err != nil {
		return fmt.Errorf("moving an article between stories: %w", err)
	}
	if k == t.Root {
		return errors.Join(w.merge(t.Root, root), w.resize(root, moved))
	}
	return errors.Join(w.resize(t.Root, -moved), w.resize(root, moved))
}

// merge ends a story all of whose articles went to another. Its claims are looked
// for there from then on.
func (w *writer) merge(root, into store.Key) error {
	for _, query := range []string{
		"UPDATE OR IGNORE claims SET root = ?2 WHERE (claim, root) IN (SELECT value, ?1 FROM json_each((SELECT claims FROM trunks WHERE root = ?1)))",
		"UPDATE trunks SET claims = (SELECT json_group_array(value) FROM (SELECT value FROM json_each(trunks.claims) UNION SELECT value FROM json_each((SELECT claims FROM trunks WHERE root = ?1)))) WHERE root = ?2",
	} {
		if err := w.do(query, root, into); err != nil {
			return fmt.Errorf("putting stories together: %w", err)
		}
	}
	return w.drop(root)
}

// drop forgets a story.
func (w *writer) drop(root store.Key) error {
	if err := w.forgetClaims(root); err != nil {
		return err
	}
	if err := w.do("DELETE FROM trunks WHERE root = ?", root); err != nil {
		return fmt.Errorf("dropping a story: %w", err)
	}
	return nil
}

func (w *writer) forgetClaims(root store.Key) error {
	if err := w.do("DELETE FROM claims WHERE (claim, root) IN (SELECT value, ?1 FROM json_each((SELECT claims FROM trunks WHERE root = ?1)))", root); err != nil {
		return fmt.Errorf("forgetting a story's claims: %w", err)
	}
	return nil
}

// resize notes that articles came to a story or left it, and marks it. A story
// that has none is dropped.
func (w *writer) resize(root store.Key, by int64) error {
	var articles int64
	err := w.row("SELECT articles FROM trunks WHERE root = ?", root).Scan(&articles)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		err = w.do("INSERT INTO trunks (root, articles, last, built) SELECT root, ?2, max(article), 0 FROM trees WHERE root = ?1", root, by)
	case err != nil:
	case articles+by <= 0:
		return w.drop(root)
	default:
		err = w.do("UPDATE trunks SET articles = articles + ?2, last = (SELECT max(article) FROM trees WHERE trees.root = ?1), built = 0, story = NULL, brief = NULL WHERE root = ?1", root, by)
	}
	if err != nil {
		return fmt.Errorf("counting a story's articles: %w", err)
	}
	return nil
}

// Outdate marks the story of an article. What it came to is dropped.
func (w *writer) Outdate(k store.Key) error {
	return w.do("UPDATE trunks SET built = 0, story = NULL, brief = NULL WHERE root = (SELECT root FROM trees WHERE article = ?) AND built > 0", k)
}

// PutStory keeps what a story comes to.
func (w *writer) PutStory(root store.Key, story, brief []byte, claims []string) error {
	if err := w.forgetClaims(root); err != nil {
		return err
	}
	list, err := json.Marshal(append([]string{}, claims...))
	if err != nil {
		return fmt.Errorf("keeping a story: %w", err)
	}
	if err := w.do("UPDATE totals SET built = built + 1"); err != nil {
		return fmt.Errorf("keeping a story: %w", err)
	}
	if err := w.do("UPDATE trunks SET built = (SELECT built FROM totals), story = ?, brief = ?, claims = ? WHERE root = ?", story, brief, string(list), root); err != nil {
		return fmt.Errorf("keeping a story: %w", err)
	}
	if err := w.do("INSERT OR IGNORE INTO claims (claim, root) SELECT value, ? FROM json_each(?)", root, string(list)); err != nil {
		return fmt.Errorf("keeping a story's claims: %w", err)
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
