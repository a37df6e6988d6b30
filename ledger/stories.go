package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

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
// limit), of at least least articles.
func (l *Ledger) Stories(ctx context.Context, least, limit int) ([]Brief, error) {
	if err := l.Build(ctx); err != nil {
		return nil, err
	}
	var list []Brief
	err := l.store.View(ctx, func(r store.Reader) error {
		for t, err := range r.Trunks(0) {
			if err != nil {
				return err
			}
			if t.Articles < least || t.Brief == nil {
				continue
			}
			b, err := unpackBrief(t.Brief)
			if err != nil {
				return err
			}
			list = append(list, b)
			if len(list) == limit {
				return nil
			}
		}
		return nil
	})
	return list, err
}

// Story is the story that an id names: that of a story, or of any article in it,
// or the beginning of one. So an id keeps its meaning while stories grow
// together or apart. Errors: [store.ErrAbsent], [store.ErrAmbiguous].
func (l *Ledger) Story(ctx context.Context, id string) (*story.Story, error) {
	if err := l.Build(ctx); err != nil {
		return nil, err
	}
	var s *story.Story
	err := l.store.View(ctx, func(r store.Reader) error {
		k, err := r.Find(strings.TrimPrefix(id, "s"))
		if err != nil {
			return err
		}
		s, err = l.storyOf(r, k)
		return err
	})
	return s, err
}

// storyOf is the story of an article.
func (l *Ledger) storyOf(r store.Reader, k store.Key) (*story.Story, error) {
	tree, err := r.Tree(k)
	if err != nil {
		return nil, err
	}
	trunk, err := r.Trunk(tree.Root)
	if err != nil {
		return nil, err
	}
	if trunk.Story == nil { // another process has added to it since
		b, err := l.build(r, tree.Root)
		if err != nil {
			return nil, err
		}
		return b.story, nil
	}
	var s story.Story
	if err := unpackStory(trunk.Story, &s); err != nil {
		return nil, fmt.Errorf("a story: %w: %w", store.ErrDamaged, err)
	}
	return &s, nil
}

// mostBuilt is how many stories are built in one transaction.
const mostBuilt = 64

// Build makes what is out of date of stories. A ledger's stories are built at
// the end of every Add, so there is little to do but after one that was cut off.
func (l *Ledger) Build(ctx context.Context) error {
	for {
		var left []store.Key
		if err := l.store.View(ctx, func(r store.Reader) (err error) {
			left, err = r.Unbuilt(mostBuilt)
			return err
		}); err != nil || len(left) == 0 {
			return err
		}
		err := l.store.Update(ctx, func(w store.Writer) error {
			left, err := w.Unbuilt(mostBuilt) // another process may have been here
			if err != nil {
				return err
			}
			for _, root := range left {
				if err := l.putStory(w, root); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("building stories: %w", err)
		}
	}
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
	packed, err := packStory(s)
	if err != nil {
		return err
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

// Claim finds a claim by its id or the beginning of one.
func (l *Ledger) Claim(ctx context.Context, id string) (*Claim, error) {
	if err := l.Build(ctx); err != nil {
		return nil, err
	}
	var found *Claim
	err := l.store.View(ctx, func(r store.Reader) error {
		root, whole, err := r.FindClaim(id)
		if err != nil {
			return err
		}
		s, err := l.storyOf(r, root)
		if err != nil {
			return err
		}
		for _, c := range s.Claims {
			if c.ID == whole {
				found = &Claim{c, s.Title}
				return nil
			}
		}
		return fmt.Errorf("claim %q: %w", id, store.ErrAbsent)
	})
	return found, err
}

// AllStories yields every story, the latest first.
func (l *Ledger) AllStories(ctx context.Context) iter.Seq2[*story.Story, error] {
	return func(yield func(*story.Story, error) bool) {
		if err := l.Build(ctx); err != nil {
			yield(nil, err)
			return
		}
		err := l.store.View(ctx, func(r store.Reader) error {
			for t, err := range r.Trunks(0) {
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
	if err := l.Build(ctx); err != nil {
		return nil, err
	}
	var list []SourceSayings
	at := map[string]int{}
	err := l.store.View(ctx, func(r store.Reader) error {
		for k, err := range r.Search(store.Query{Sources: []string{name}, Limit: limit}) {
			if err != nil {
				return err
			}
			reading, err := r.Reading(k)
			if err != nil {
				return err
			}
			said := sayings(reading, name)
			if len(said) == 0 {
				continue
			}
			brief, err := briefOf(r, k)
			if err != nil {
				return err
			}
			i, ok := at[brief.ID]
			if !ok {
				i = len(list)
				at[brief.ID] = i
				list = append(list, SourceSayings{Story: brief.ID, Title: brief.Title})
			}
			list[i].Said = append(list[i].Said, said...)
		}
		return nil
	})
	return list, err
}

// briefOf is the story of an article as it stands in a list.
func briefOf(r store.Reader, k store.Key) (Brief, error) {
	tree, err := r.Tree(k)
	if err != nil {
		return Brief{}, err
	}
	trunk, err := r.Trunk(tree.Root)
	if err != nil || trunk.Brief == nil {
		return Brief{}, err
	}
	return unpackBrief(trunk.Brief)
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

// packStory and unpackStory give a story the form that it is kept in.
func packStory(s *story.Story) ([]byte, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return storyPacker().EncodeAll(data, nil), nil
}

func unpackStory(packed []byte, s *story.Story) error {
	data, err := storyUnpacker().DecodeAll(packed, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, s)
}

// storyPacker and storyUnpacker may be used side by side.
var (
	storyPacker = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil)
		if err != nil {
			panic(err) // there are no options that could be wrong
		}
		return e
	})
	storyUnpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			panic(err)
		}
		return d
	})
)
