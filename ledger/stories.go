package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"time"

	"whence"
	"whence/store"
	"whence/story"
)

// Brief is a story as it stands in a list.
type Brief struct {
	ID       string      `json:"story"`
	Title    string      `json:"title"`
	First    whence.Date `json:"first,omitzero"`
	Last     whence.Date `json:"last,omitzero"`
	Articles int         `json:"articles"`
	Reports  int         `json:"reports"`
	Sources  int         `json:"sources"`
	Claims   int         `json:"claims"`
	Leading  *Leading    `json:"leading,omitempty"` // its leading figure
}

// Stories are the stories with the latest articles, at most limit (0 is no
// limit), of at least least articles. Those of them that are out of date are
// built.
func (l *Ledger) Stories(ctx context.Context, least, limit int) ([]Brief, error) {
	list, _, err := l.StoriesBefore(ctx, least, 0, limit)
	return list, err
}

// StoriesBefore is [Ledger.Stories] from a place in the list on: before is what the
// call for the part before gave as next, and 0 at the beginning; next is 0 at the
// end.
func (l *Ledger) StoriesBefore(ctx context.Context, least int, before store.Key, limit int) (list []Brief, next store.Key, err error) {
	err = l.upToDate(ctx, func(r store.Reader) (stale []store.Key, err error) {
		list, stale, next, err = briefs(r, least, before, limit)
		return stale, err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("listing stories: %w", err)
	}
	return list, next, nil
}

// briefs are stories from a place in the list on, the roots of those that are out
// of date, and where the list goes on.
func briefs(r store.Reader, least int, before store.Key, limit int) (list []Brief, stale []store.Key, next store.Key, err error) {
	for t, err := range r.Trunks(before, least) {
		if err != nil {
			return nil, nil, 0, err
		}
		if limit > 0 && len(list) == limit {
			return list, stale, next, nil
		}
		var b Brief
		if t.Built == 0 {
			stale = append(stale, t.Root)
		} else if b, err = unpackBrief(t.Brief); err != nil {
			return nil, nil, 0, err
		}
		list, next = append(list, b), t.Last
	}
	return list, stale, 0, nil
}

// upToDate runs f on one moment of the ledger in which the stories that it names
// are built. Stories are built when they are looked at, so that adding to a large
// ledger costs no more than the articles that are added.
func (l *Ledger) upToDate(ctx context.Context, f func(store.Reader) (stale []store.Key, err error)) error {
	for {
		var stale []store.Key
		if err := l.store.View(ctx, func(r store.Reader) (err error) {
			stale, err = f(r)
			return err
		}); err != nil || len(stale) == 0 {
			return err
		}
		for part := range slices.Chunk(stale, mostBuilt) {
			if err := l.buildThese(ctx, part); err != nil {
				return err
			}
		}
	}
}

// staleRoot is the root of an article's story, where that is out of date.
func staleRoot(r store.Reader, k store.Key) ([]store.Key, error) {
	tree, err := r.Tree(k)
	if err != nil {
		return nil, err
	}
	trunk, err := r.Trunk(tree.Root)
	if err != nil || trunk.Built != 0 {
		return nil, err
	}
	return []store.Key{tree.Root}, nil
}

// Story is the story that an id names: that of a story, or of any article in it,
// or the beginning of one. So an id keeps its meaning while stories grow
// together or apart. Errors: [store.ErrAbsent], [store.ErrAmbiguous].
func (l *Ledger) Story(ctx context.Context, id string) (*story.Story, error) {
	var s *story.Story
	err := l.upToDate(ctx, func(r store.Reader) ([]store.Key, error) {
		if !strings.HasPrefix(id, "sha256:") { // an article's, not a story's
			id = strings.TrimPrefix(id, "s")
		}
		k, err := r.Find(id)
		if err != nil {
			return nil, err
		}
		stale, err := staleRoot(r, k)
		if err != nil || stale != nil {
			return stale, err
		}
		s, err = l.storyOf(r, k)
		return nil, err
	})
	return s, err
}

// storyOf is the story of an article. Callers share it and leave it as it is.
func (l *Ledger) storyOf(r store.Reader, k store.Key) (*story.Story, error) {
	tree, err := r.Tree(k)
	if err != nil {
		return nil, err
	}
	trunk, err := r.Trunk(tree.Root)
	if err != nil {
		return nil, err
	}
	if trunk.Built != 0 {
		if s := l.told.get(tree.Root, trunk.Built); s != nil {
			return s, nil
		}
	}
	var s story.Story
	size, err := 0, errOtherForm
	if trunk.Story != nil {
		size, err = unpackStory(trunk.Story, &s)
	}
	if errors.Is(err, errOtherForm) { // it is small, or another process has added to it since
		b, err := l.build(r, tree.Root)
		if err != nil {
			return nil, err
		}
		return b.story, nil
	}
	if err != nil {
		return nil, fmt.Errorf("a story: %w: %w", store.ErrDamaged, err)
	}
	l.told.put(tree.Root, trunk.Built, &s, size)
	return &s, nil
}

const (
	// mostBuilt is how many stories are built in one transaction.
	mostBuilt = 64
	// fewKept is of how many articles a story is at most that is not kept, as it
	// is built as fast as it would be unpacked.
	fewKept = 3
)

// Build builds all stories that are out of date.
func (l *Ledger) Build(ctx context.Context) error { return l.buildUntil(ctx, time.Time{}) }

// buildUntil builds stories that are out of date, the latest first, until there
// are none or a time has come; the zero Time never comes.
func (l *Ledger) buildUntil(ctx context.Context, end time.Time) error {
	for end.IsZero() || time.Now().Before(end) {
		var left []store.Key
		if err := l.store.View(ctx, func(r store.Reader) (err error) {
			left, err = r.Unbuilt(mostBuilt)
			return err
		}); err != nil || len(left) == 0 {
			return err
		}
		if err := l.buildThese(ctx, left); err != nil {
			return err
		}
	}
	return nil
}

// buildThese builds stories, those that still are out of date.
func (l *Ledger) buildThese(ctx context.Context, roots []store.Key) error {
	err := l.store.Update(ctx, func(w store.Writer) error {
		for _, root := range roots {
			trunk, err := w.Trunk(root)
			if errors.Is(err, store.ErrAbsent) || err == nil && trunk.Built != 0 {
				continue // another process has been here
			}
			if err != nil {
				return err
			}
			if err := l.putStory(w, root); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("building stories: %w", err)
	}
	return nil
}

func (l *Ledger) putStory(w store.Writer, root store.Key) error {
	b, err := l.build(w, root)
	if err != nil {
		return err
	}
	for _, x := range b.judged {
		if err := w.PutReuse(x); err != nil {
			return err
		}
	}
	s := b.story
	var packed []byte
	if len(s.Articles) > fewKept {
		packed = packStory(s)
	}
	brief := Brief{ID: s.ID, Title: s.Title, Articles: len(s.Articles), Reports: len(s.Reports), Sources: len(s.Sources), Claims: len(s.Claims), Leading: leadingOf(s)}
	for _, a := range s.Articles {
		if d := a.Published; !d.IsZero() {
			if brief.First.IsZero() || d.Time.Before(brief.First.Time) {
				brief.First = d
			}
			if d.Time.After(brief.Last.Time) {
				brief.Last = d
			}
		}
	}
	line, err := json.Marshal(brief)
	if err != nil {
		return err
	}
	claims := make([]string, len(s.Claims))
	for i, c := range s.Claims {
		claims[i] = c.ID
	}
	return w.PutStory(root, packed, line, claims)
}

// Claim is a claim with the story that it belongs to.
type Claim struct {
	story.Claim
	Title string // of the story
}

// Claim finds a claim of a story that was built by its id or the beginning of
// one.
func (l *Ledger) Claim(ctx context.Context, id string) (*Claim, error) {
	s, c, err := l.ClaimIn(ctx, id)
	if err != nil {
		return nil, err
	}
	return &Claim{*c, s.Title}, nil
}

// AllStories yields every story, the latest first.
func (l *Ledger) AllStories(ctx context.Context) iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		if err := l.Build(ctx); err != nil {
			yield(nil, err)
			return
		}
		err := l.store.View(ctx, func(r store.Reader) error {
			for t, err := range r.Trunks(0, 1) {
				if err != nil {
					return err
				}
				s, err := l.storyOf(r, t.Root)
				if err != nil {
					return err
				}
				if !yield(s, nil) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(nil, err)
		}
	}
}

// Saying is an attribution to a source.
type Saying struct {
	story.Finding
	Title     string             `json:"title,omitempty"`
	Outlet    string             `json:"outlet,omitempty"`
	Published whence.Date        `json:"published,omitzero"`
	Said      whence.Attribution `json:"said"`
}

// SourceSayings are what a source is reported to have said, by stories.
type SourceSayings struct {
	Story string   `json:"story"`
	Title string   `json:"title"`
	Said  []Saying `json:"said"`
}

// Source is what articles say that a person, office or outlet has said, the
// latest story first: public statements only. Name is words of the source's name
// or of what it is called; at most limit articles are looked at.
func (l *Ledger) Source(ctx context.Context, name string, limit int) ([]SourceSayings, error) {
	if limit <= 0 {
		limit = math.MaxInt - 1
	}
	list, _, err := l.SourceBefore(ctx, name, 0, limit)
	return list, err
}

// briefOf is the story of an article as it stands in a list, with its root where
// it is out of date. Of a story of one article only what that says is given,
// whether it was built or not.
func briefOf(r store.Reader, k store.Key, reading *whence.Reading) (b Brief, stale *store.Key, err error) {
	tree, err := r.Tree(k)
	if err != nil {
		return b, nil, err
	}
	trunk, err := r.Trunk(tree.Root)
	switch {
	case err != nil:
		return b, nil, err
	case trunk.Articles == 1:
		return Brief{ID: story.IDOf(reading.ID), Title: reading.Title, Articles: 1}, nil, nil
	case trunk.Built == 0:
		return b, &tree.Root, nil
	}
	b, err = unpackBrief(trunk.Brief)
	return b, nil, err
}

func unpackBrief(line []byte) (b Brief, err error) {
	if err := json.Unmarshal(line, &b); err != nil {
		return b, fmt.Errorf("a story: %w: %w", store.ErrDamaged, err)
	}
	return b, nil
}

// sayings are the attributions of an article to a source whose words or name
// hold those of a name.
func sayings(r *whence.Reading, name string) []Saying {
	names := map[string]string{}
	for _, n := range r.Names {
		names[n.ID] = n.Name
	}
	var list []Saying
	for _, a := range r.Attributions {
		if a.Source == nil || len(occurrences([]rune(a.Source.Text+" | "+names[a.Source.Name]), name)) == 0 {
			continue
		}
		f := story.Finding{Article: r.ID, Path: r.Path, Attribution: a.ID, Spans: a.Content.Spans, Text: a.Content.Text}
		list = append(list, Saying{f, r.Title, r.Outlet, r.Published, a})
	}
	return list
}
