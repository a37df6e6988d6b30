// Package storetest holds every implementation of store.Store to what package
// store promises.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence"
	"whence/store"
)

// Run runs the suite on stores that open gives, each empty.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, s *suite)
	}{
		{"what was put in comes back", testRoundTrip},
		{"putting twice adds once", testPutTwice},
		{"a new reading replaces the old and leaves reviews", testReread},
		{"ids may be shortened", testFind},
		{"keys run in the order of time", testOrder},
		{"one moment has room for many", testOneMoment},
		{"versions of a page", testVersions},
		{"holders of prints", testHolders},
		{"what very many hold", testManyHolders},
		{"reuse is seen from both sides", testReuse},
		{"removing leaves nothing", testRemove},
		{"articles on a topic", testTopics},
		{"stories grow together and fall apart", testStories},
		{"what a story comes to is kept until it is out of date", testBuilt},
		{"claims are found where their story went", testClaims},
		{"search", testSearch},
		{"hostile queries find nothing and break nothing", testHostileSearch},
		{"an update happens wholly or not at all", testRollback},
		{"a view sees one moment", testSnapshot},
		{"updates side by side", testConcurrent},
		{"an ended context", testContext},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := open(t)
			t.Cleanup(func() {
				if err := st.Close(); err != nil {
					t.Error(err)
				}
			})
			c.test(t, &suite{t, st})
		})
	}
}

// suite is a store under test.
type suite struct {
	*testing.T
	store store.Store
}

func (s *suite) update(f func(w store.Writer) error) {
	s.Helper()
	if err := s.store.Update(context.Background(), f); err != nil {
		s.Fatal(err)
	}
}

func (s *suite) view(f func(r store.Reader) error) {
	s.Helper()
	if err := s.store.View(context.Background(), f); err != nil {
		s.Fatal(err)
	}
}

func (s *suite) put(e store.Entry) (key store.Key, added bool) {
	s.Helper()
	s.update(func(w store.Writer) (err error) {
		key, added, err = w.Put(e)
		return err
	})
	return key, added
}

// article is an entry of an invented article.
func article(n int, published, body string, prints ...store.Print) store.Entry {
	r := &whence.Reading{Article: whence.Article{
		Path: fmt.Sprintf("a%d.html", n), URL: fmt.Sprintf("https://harbourpost.example/%d", n),
		Outlet: "Harbour Post", Title: fmt.Sprintf("Quay %d closed", n), Text: body, Language: "en",
	}}
	if published != "" {
		d, err := whence.ParseDate(published)
		if err != nil {
			panic(err)
		}
		r.Published = d
	}
	r.Identify()
	return store.Entry{Reading: r, Reader: "r1", Prints: prints}
}

func collect[T any](t *testing.T, seq iter.Seq2[T, error]) []T {
	t.Helper()
	var list []T
	for v, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, v)
	}
	return list
}

func testRoundTrip(t *testing.T, s *suite) {
	e := article(1, "2027-03-02T10:00:00+01:00", "“Shut,” Zoë Marr said of 12 boats.\x00\xff", 3, 5, math.MaxUint64)
	e.Reading.Names = []whence.Name{{ID: "n1", Name: "Zoë Marr", Kind: "person", Mentions: []whence.Span{{Start: 8, End: 16}}}}
	e.Reading.Figures = []whence.Figure{{ID: "f1", Span: whence.Span{Start: 25, End: 27}, Text: "12", Low: whence.At(12), High: whence.At(12)}}
	// Bytes that are no text cannot be kept in JSON as they are; an article of
	// such bytes is decoded before.
	e.Reading.Text = "“Shut,” Zoë Marr said of 12 boats.\x00"
	e.Reading.Identify()
	key, added := s.put(e)
	if !added {
		t.Error("a new article is said to have been there")
	}
	s.view(func(r store.Reader) error {
		got, err := r.Reading(key)
		if err != nil {
			return err
		}
		if diff := cmp.Diff(e.Reading, got); diff != "" {
			t.Errorf("reading changed (-put +got):\n%s", diff)
		}
		head, err := r.Head(key)
		want := store.Head{Key: key, ID: e.Reading.ID, Page: e.Reading.URL, Path: "a1.html", Outlet: "Harbour Post", Title: "Quay 1 closed", Published: e.Reading.Published, Reader: "r1"}
		if diff := cmp.Diff(want, head); diff != "" || err != nil {
			t.Errorf("head (-want +got), error %v:\n%s", err, diff)
		}
		prints, err := r.Prints(key)
		if diff := cmp.Diff(e.Prints, prints); diff != "" || err != nil {
			t.Errorf("prints (-put +got), error %v:\n%s", err, diff)
		}
		if _, err := r.Reading(key + 1); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("reading of no article: error %v", err)
		}
		return nil
	})
}

func testPutTwice(t *testing.T, s *suite) {
	e := article(1, "2027-03-02", "Shut.", 1)
	first, _ := s.put(e)
	second, added := s.put(e)
	if added || first != second {
		t.Errorf("the second put: key %d after %d, added %t", second, first, added)
	}
	s.view(func(r store.Reader) error {
		if c, err := r.Counts(); err != nil || c.Articles != 1 {
			t.Errorf("counts %+v, %v", c, err)
		}
		if found := collect(t, r.Search(store.Query{Terms: []string{"shut"}})); len(found) != 1 {
			t.Errorf("search finds %v", found)
		}
		return nil
	})
}

func testReread(t *testing.T, s *suite) {
	e := article(1, "2027-03-02", "Boats left the quay.", 1, 2)
	key, _ := s.put(e)
	other, _ := s.put(article(2, "2027-03-02", "Boats left it.", 2))
	review := store.Review{Kind: "figure", Spans: []whence.Span{{Start: 0, End: 5}}, Verdict: "rejected", By: "marr"}
	s.update(func(w store.Writer) error {
		if err := w.PutReuse(store.Shared{Article: key, Other: other}); err != nil {
			return err
		}
		return w.AddReview(key, review)
	})
	e.Reader, e.Prints = "r2", []store.Print{9}
	e.Reading.Figures = []whence.Figure{{ID: "f1", Measure: "lost"}}
	if again, added := s.put(e); added || again != key {
		t.Errorf("the new reading: key %d, added %t", again, added)
	}
	s.view(func(r store.Reader) error {
		h, err := r.Head(key)
		if err != nil || h.Reader != "r2" {
			t.Errorf("reader %q, %v", h.Reader, err)
		}
		reviews, err := r.Reviews(key)
		if diff := cmp.Diff([]store.Review{review}, reviews); diff != "" || err != nil {
			t.Errorf("reviews, %v:\n%s", err, diff)
		}
		if got := holders(t, r, []store.Print{1, 2, 9}, math.MinInt64, math.MaxInt64, 10); !slices.Equal(got, []string{fmt.Sprint("2:", other), fmt.Sprint("9:", key)}) {
			t.Errorf("holders %v", got)
		}
		if found := collect(t, r.Search(store.Query{Marks: []store.Mark{"measure:lost"}})); len(found) != 1 {
			t.Errorf("search for the new mark finds %v", found)
		}
		if shared, err := r.Reuse(key); err != nil || len(shared) != 1 {
			t.Errorf("reuse %v, %v", shared, err)
		}
		return nil
	})
}

func testFind(t *testing.T, s *suite) {
	e := article(1, "", "One.")
	key, _ := s.put(e)
	digits := e.Reading.ID[len("sha256:"):]
	s.view(func(r store.Reader) error {
		for id, want := range map[string]error{
			e.Reading.ID: nil, digits: nil, digits[:4]: nil, "sha256:" + digits[:9]: nil,
			digits[:3]: store.ErrAbsent, "": store.ErrAbsent, "zz" + digits: store.ErrAbsent, digits + "00": store.ErrAbsent,
			"' OR 1 --": store.ErrAbsent,
		} {
			got, err := r.Find(id)
			if !errors.Is(err, want) || want == nil && got != key {
				t.Errorf("Find(%q) = %d, %v", id, got, err)
			}
		}
		return nil
	})
}

func testOrder(t *testing.T, s *suite) {
	var want []string
	for i, published := range []string{"", "1969-07-20", "1999", "2027-03-01T08:00:00+05:00", "2027-03-01T04:00:00Z", "2027-03-01T09:00:00+01:00"} {
		want = append(want, article(i, published, "x").Reading.ID)
	}
	for _, i := range []int{3, 0, 5, 2, 4, 1} {
		s.put(article(i, []string{"", "1969-07-20", "1999", "2027-03-01T08:00:00+05:00", "2027-03-01T04:00:00Z", "2027-03-01T09:00:00+01:00"}[i], "x"))
	}
	ids := func(heads []store.Head) (ids []string) {
		for _, h := range heads {
			ids = append(ids, h.ID)
		}
		return ids
	}
	s.view(func(r store.Reader) error {
		if diff := cmp.Diff(want, ids(collect(t, r.Heads(math.MinInt64, math.MaxInt64, false)))); diff != "" {
			t.Errorf("forwards (-want +got):\n%s", diff)
		}
		slices.Reverse(want)
		if diff := cmp.Diff(want, ids(collect(t, r.Heads(math.MinInt64, math.MaxInt64, true)))); diff != "" {
			t.Errorf("backwards:\n%s", diff)
		}
		return nil
	})
}

func testOneMoment(t *testing.T, s *suite) {
	seen := map[store.Key]bool{}
	s.update(func(w store.Writer) error {
		for i := range 300 {
			k, added, err := w.Put(article(i, "2027-03-01", "x"))
			if err != nil || !added || seen[k] {
				t.Fatalf("article %d: key %d, %t, %v", i, k, added, err)
			}
			seen[k] = true
		}
		return nil
	})
}

func testVersions(t *testing.T, s *suite) {
	var want []string
	for i, modified := range []string{"", "2027-03-03", "2027-03-04"} {
		e := article(1, "2027-03-02", fmt.Sprint("Version ", i))
		if modified != "" {
			e.Reading.Modified, _ = whence.ParseDate(modified)
		}
		want = append(want, e.Reading.ID)
		s.put(e)
	}
	s.put(article(2, "2027-03-02", "Another page"))
	s.view(func(r store.Reader) error {
		heads, err := r.Versions("https://harbourpost.example/1")
		if err != nil {
			return err
		}
		for i, h := range heads {
			if i >= len(want) || h.ID != want[i] {
				t.Errorf("version %d is %s", i, h.ID)
			}
		}
		if len(heads) != len(want) {
			t.Errorf("%d versions", len(heads))
		}
		if heads, err := r.Versions(""); len(heads) != 0 || err != nil {
			t.Errorf("pages without an address have versions: %v, %v", heads, err)
		}
		return nil
	})
}

func holders(t *testing.T, r store.Reader, prints []store.Print, from, to store.Key, limit int) (list []string) {
	t.Helper()
	if err := r.Holders(prints, from, to, limit, func(h store.Holder) {
		list = append(list, fmt.Sprint(uint64(h.Print), ":", h.Key))
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func testHolders(t *testing.T, s *suite) {
	const top = math.MaxUint64
	e := article(1, "2027-03-01", "x", 1, 7, top)
	e.Around = []int64{-5, 0, math.MaxInt64}
	first, _ := s.put(e)
	late, _ := s.put(article(2, "2027-03-03", "y", 7, top))
	middle, _ := s.put(article(3, "2027-03-02", "z", 2, 7))
	s.view(func(r store.Reader) error {
		for _, c := range []struct {
			prints   []store.Print
			from, to store.Key
			limit    int
			want     []string
		}{
			{[]store.Print{7}, math.MinInt64, math.MaxInt64, 10, []string{fmt.Sprint("7:", first), fmt.Sprint("7:", middle), fmt.Sprint("7:", late)}},
			{[]store.Print{7}, math.MinInt64, math.MaxInt64, 2, []string{fmt.Sprint("7:", first), fmt.Sprint("7:", middle)}},
			{[]store.Print{7}, middle, late, 9, []string{fmt.Sprint("7:", middle)}},
			{[]store.Print{1, 2, 3, top}, math.MinInt64, math.MaxInt64, 9, []string{fmt.Sprint("1:", first), fmt.Sprint("2:", middle), fmt.Sprint(uint64(top), ":", first), fmt.Sprint(uint64(top), ":", late)}},
			{nil, math.MinInt64, math.MaxInt64, 9, nil},
		} {
			if got := holders(t, r, c.prints, c.from, c.to, c.limit); !slices.Equal(got, c.want) {
				t.Errorf("holders of %v: %v, want %v", c.prints, got, c.want)
			}
		}
		var around []int64
		err := r.Holders([]store.Print{1, 7, top}, first, first+1, 1, func(h store.Holder) { around = append(around, h.Around) })
		if !slices.Equal(around, e.Around) {
			t.Errorf("around the prints stand %v, want %v", around, e.Around)
		}
		return err
	})
}

func testManyHolders(t *testing.T, s *suite) {
	keys := make([]store.Key, 1100)
	s.update(func(w store.Writer) (err error) {
		for i := range keys {
			e := article(i, "2027-03-01", "x", 7, store.Print(1000+i))
			e.Topics = []store.Print{7, store.Print(1000 + i)}
			if keys[i], _, err = w.Put(e); err != nil {
				return err
			}
		}
		return nil
	})
	own := keys[3]
	slices.Sort(keys)
	s.view(func(r store.Reader) error {
		want := []string{fmt.Sprint("7:", keys[0]), fmt.Sprint("7:", keys[1]), fmt.Sprint("7:", keys[2]), fmt.Sprint("1003:", own)}
		if got := holders(t, r, []store.Print{7, 1003}, math.MinInt64, math.MaxInt64, 3); !slices.Equal(got, want) {
			t.Errorf("holders %v, want %v", got, want)
		}
		for latest, want := range map[bool][]store.Key{false: keys[:3], true: keys[1097:]} {
			var got []store.Key
			if err := r.TopicHolders([]store.Print{7}, math.MinInt64, math.MaxInt64, 3, latest, func(k store.Key) { got = append(got, k) }); err != nil {
				return err
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("on a topic, latest %t: %v, want %v", latest, got, want)
			}
		}
		return nil
	})
}

func testReuse(t *testing.T, s *suite) {
	early, _ := s.put(article(1, "2027-03-01", "x"))
	late, _ := s.put(article(2, "2027-03-02", "y"))
	s.update(func(w store.Writer) error {
		return w.PutReuse(store.Shared{Article: late, Other: early, Work: []byte("w"), Reuse: whence.Reuse{
			Relation: whence.Derived, Direction: whence.ArticleFromOther, Confidence: .5, Evidence: []string{"links to it"},
			Passages: []whence.Passage{{Span: whence.Span{Start: 1, End: 2}, OtherStart: 3, OtherEnd: 4, Quotation: true}},
		}})
	})
	s.view(func(r store.Reader) error {
		for _, c := range []struct {
			of        store.Key
			direction whence.Direction
			start     int
		}{{late, whence.ArticleFromOther, 1}, {early, whence.OtherFromArticle, 3}} {
			list, err := r.Reuse(c.of)
			if err != nil || len(list) != 1 {
				t.Fatalf("reuse of %d: %v, %v", c.of, list, err)
			}
			if x := list[0]; x.Article != c.of || x.Direction != c.direction || x.Passages[0].Start != c.start || string(x.Work) != "w" || x.Evidence[0] != "links to it" {
				t.Errorf("from %d it reads %+v", c.of, x)
			}
			if x, err := r.Pair(c.of, list[0].Other); err != nil || !cmp.Equal(x, list[0]) {
				t.Errorf("the pair as seen from %d is %+v, %v", c.of, x, err)
			}
			if x, err := r.Pair(c.of, c.of); !errors.Is(err, store.ErrAbsent) {
				t.Errorf("an article and itself: %+v, %v", x, err)
			}
		}
		for k, want := range map[store.Key]int{late: 1, early: 0} {
			if list, err := r.ReuseBefore(k); err != nil || len(list) != want || want == 1 && list[0].Other != early {
				t.Errorf("shared with articles before %d: %v, %v", k, list, err)
			}
		}
		for k, want := range map[store.Key]store.Key{late: early, early: late} {
			if list, err := r.Partners(k); err != nil || !slices.Equal(list, []store.Key{want}) {
				t.Errorf("partners of %d: %v, %v", k, list, err)
			}
		}
		if n := len(collect(t, r.AllReuse())); n != 1 {
			t.Errorf("%d pairs in all", n)
		}
		return nil
	})
	s.update(func(w store.Writer) error { return w.DropReuse(late, early) })
	s.view(func(r store.Reader) error {
		if list, err := r.Reuse(early); len(list) != 0 || err != nil {
			t.Errorf("after dropping: %v, %v", list, err)
		}
		return nil
	})
}

// onTopic is an entry with topics.
func onTopic(n int, published string, topics ...store.Print) store.Entry {
	e := article(n, published, fmt.Sprint("Text ", n))
	e.Topics, e.Digest = topics, []byte{byte(n)}
	return e
}

func testTopics(t *testing.T, s *suite) {
	var keys []store.Key
	for i, topics := range [][]store.Print{{1, 2}, {2, 3}, {1, 2, 3}, {9}} {
		k, _ := s.put(onTopic(i, fmt.Sprintf("2027-03-%02d", i+1), topics...))
		keys = append(keys, k)
	}
	s.view(func(r store.Reader) error {
		for _, c := range []struct {
			topics   []store.Print
			from, to store.Key
			limit    int
			latest   bool
			want     []store.Key
		}{
			{[]store.Print{2}, math.MinInt64, math.MaxInt64, 9, false, keys[:3]},
			{[]store.Print{1, 2, 3}, math.MinInt64, math.MaxInt64, 9, true, keys[:3]},
			{[]store.Print{2}, math.MinInt64, math.MaxInt64, 2, false, keys[:2]},
			{[]store.Print{2}, math.MinInt64, math.MaxInt64, 2, true, keys[1:3]},
			{[]store.Print{2}, math.MinInt64, keys[2], 1, true, keys[1:2]},
			{[]store.Print{2}, keys[1], math.MaxInt64, 1, false, keys[1:2]},
			{[]store.Print{4}, math.MinInt64, math.MaxInt64, 9, false, nil},
			{nil, math.MinInt64, math.MaxInt64, 9, false, nil},
		} {
			var got []store.Key
			if err := r.TopicHolders(c.topics, c.from, c.to, c.limit, c.latest, func(k store.Key) { got = append(got, k) }); err != nil {
				return err
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("holders of %v, %d, latest %t: %v, want %v", c.topics, c.limit, c.latest, got, c.want)
			}
		}
		if d, err := r.Digest(keys[2]); err != nil || !slices.Equal(d, []byte{2}) {
			t.Errorf("digest %v, %v", d, err)
		}
		return nil
	})
}

func testStories(t *testing.T, s *suite) {
	var k []store.Key
	for i := range 5 {
		key, _ := s.put(onTopic(i, fmt.Sprintf("2027-03-%02d", i+1)))
		k = append(k, key)
	}
	// is holds the stories to those wanted, the latest first.
	is := func(what string, want ...[]store.Key) {
		t.Helper()
		s.view(func(r store.Reader) error {
			var got [][]store.Key
			for _, x := range collect(t, r.Trunks(0, 1)) {
				members, err := r.Members(x.Root)
				if err != nil {
					return err
				}
				if x.Articles != len(members) || x.First != members[0] || x.Last != members[len(members)-1] || x.Root != members[0] {
					t.Errorf("%s: %+v, but its articles are %v", what, x, members)
				}
				got = append(got, members)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
			return nil
		})
	}
	is("planted", k[4:], k[3:4], k[2:3], k[1:2], k[:1])
	hang := func(of, on int) {
		t.Helper()
		s.update(func(w store.Writer) error { return w.Hang(k[of], k[on], .5) })
	}
	hang(1, 0)
	hang(3, 2)
	hang(4, 3)
	is("two trees", k[2:5], k[:2])
	s.view(func(r store.Reader) error {
		for least, want := range map[int]int{1: 2, 2: 2, 3: 1, 4: 0} {
			if got := collect(t, r.Trunks(0, least)); len(got) != want {
				t.Errorf("stories of at least %d: %+v, want %d", least, got, want)
			}
		}
		return nil
	})
	hang(2, 1)
	is("one", k)
	hang(3, 3)
	is("cut through", k[3:], k[:3])
	s.view(func(r store.Reader) error {
		if c, err := r.Children(k[3]); err != nil || !slices.Equal(c, k[4:]) {
			t.Errorf("children %v, %v", c, err)
		}
		if x, err := r.Tree(k[4]); err != nil || x != (store.Tree{Key: k[4], Parent: k[3], Likeness: .5, Root: k[3]}) {
			t.Errorf("%+v, %v", x, err)
		}
		return nil
	})
	s.update(func(w store.Writer) error { return w.Remove(k[1]) })
	is("one removed", k[3:], k[2:3], k[:1])
	s.update(func(w store.Writer) error {
		return errors.Join(w.Remove(k[3]), w.Remove(k[4]), w.Remove(k[2]), w.Remove(k[0]))
	})
	is("all removed")
	s.view(func(r store.Reader) error {
		if _, err := r.Trunk(k[0]); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("a story without articles: %v", err)
		}
		return nil
	})
}

func testBuilt(t *testing.T, s *suite) {
	var k []store.Key
	for i := range 5 {
		key, _ := s.put(onTopic(i, fmt.Sprintf("2027-03-%02d", i+1)))
		k = append(k, key)
	}
	for i, parent := range []store.Key{0, k[0], k[1], 0, k[3]} {
		if parent != 0 {
			s.update(func(w store.Writer) error { return w.Hang(k[i], parent, .5) })
		}
	}
	s.update(func(w store.Writer) error {
		return errors.Join(w.PutStory(k[0], []byte("story"), []byte("brief"), nil), w.PutStory(k[3], nil, []byte("b"), nil))
	})
	s.view(func(r store.Reader) error {
		x, err := r.Trunk(k[0])
		if y, err2 := r.Trunk(k[3]); err != nil || err2 != nil || string(x.Story) != "story" || string(x.Brief) != "brief" || x.Built == 0 || y.Built == 0 || x.Built == y.Built || y.Story != nil {
			t.Errorf("%+v, %+v, %v, %v", x, y, err, err2)
		}
		if left, err := r.Unbuilt(9); len(left) > 0 || err != nil {
			t.Errorf("out of date: %v, %v", left, err)
		}
		return nil
	})
	s.update(func(w store.Writer) error { return w.Outdate(k[1]) })
	s.view(func(r store.Reader) error {
		if x, err := r.Trunk(k[0]); err != nil || x.Built != 0 || x.Story != nil || x.Brief != nil {
			t.Errorf("outdated: %+v, %v", x, err)
		}
		if left, err := r.Unbuilt(9); !slices.Equal(left, k[:1]) || err != nil {
			t.Errorf("out of date: %v, %v", left, err)
		}
		return nil
	})
}

func testClaims(t *testing.T, s *suite) {
	a, _ := s.put(onTopic(0, "2027-03-01"))
	b, _ := s.put(onTopic(1, "2027-03-02"))
	find := func(id string) (store.Key, string, error) {
		var root store.Key
		var whole string
		err := s.store.View(context.Background(), func(r store.Reader) (err error) {
			root, whole, err = r.FindClaim(id)
			return err
		})
		return root, whole, err
	}
	s.update(func(w store.Writer) error {
		return errors.Join(w.PutStory(a, nil, []byte("{}"), []string{"c111111", "c112222"}), w.PutStory(b, nil, []byte("{}"), []string{"c333333"}))
	})
	for id, want := range map[string]error{"c111111": nil, "c1111": nil, "c11": store.ErrAbsent, "c9999": store.ErrAbsent, "c11%": store.ErrAbsent, "": store.ErrAbsent} {
		if root, whole, err := find(id); !errors.Is(err, want) || want == nil && (root != a || whole != "c111111") {
			t.Errorf("claim %q: %d, %s, %v", id, root, whole, err)
		}
	}
	// A claim is looked for where its story went.
	s.update(func(w store.Writer) error { return w.Hang(b, a, .5) })
	if root, _, err := find("c333333"); err != nil || root != a {
		t.Errorf("after growing together: %d, %v", root, err)
	}
	s.update(func(w store.Writer) error { return w.PutStory(a, nil, []byte("{}"), []string{"c112222", "c112233"}) })
	for id, want := range map[string]error{"c111111": store.ErrAbsent, "c333333": store.ErrAbsent, "c112222": nil, "c1122": store.ErrAmbiguous} {
		if _, _, err := find(id); !errors.Is(err, want) {
			t.Errorf("built anew, claim %s: %v", id, err)
		}
	}
	s.update(func(w store.Writer) error { return errors.Join(w.Remove(b), w.Remove(a)) })
	if _, _, err := find("c112222"); !errors.Is(err, store.ErrAbsent) {
		t.Errorf("a claim of nothing: %v", err)
	}
}

func testRemove(t *testing.T, s *suite) {
	gone := article(1, "2027-03-01", "Ferry sank.", 1, 2)
	a, _ := s.put(gone)
	b, _ := s.put(article(2, "2027-03-02", "Ferry sank again.", 2))
	s.update(func(w store.Writer) error {
		return errors.Join(w.PutReuse(store.Shared{Article: a, Other: b}), w.AddReview(a, store.Review{Kind: "figure"}))
	})
	s.update(func(w store.Writer) error { return w.Remove(a) })
	s.view(func(r store.Reader) error {
		if _, err := r.Find(gone.Reading.ID); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("it is still found: %v", err)
		}
		if got := holders(t, r, []store.Print{1, 2}, math.MinInt64, math.MaxInt64, 9); !slices.Equal(got, []string{fmt.Sprint("2:", b)}) {
			t.Errorf("holders %v", got)
		}
		if found := collect(t, r.Search(store.Query{Terms: []string{"ferry"}})); !slices.Equal(found, []store.Key{b}) {
			t.Errorf("search finds %v", found)
		}
		if list, err := r.Reuse(b); len(list) != 0 || err != nil {
			t.Errorf("reuse %v, %v", list, err)
		}
		if c, err := r.Counts(); err != nil || c.Articles != 1 || c.Pairs != 0 {
			t.Errorf("counts %+v, %v", c, err)
		}
		return nil
	})
	if key, added := s.put(gone); !added {
		t.Errorf("it cannot come back: key %d", key)
	}
	if err := s.store.Update(context.Background(), func(w store.Writer) error { return w.Remove(12345) }); !errors.Is(err, store.ErrAbsent) {
		t.Errorf("removing what is not there: %v", err)
	}
}

func testSearch(t *testing.T, s *suite) {
	first := article(1, "2027-03-01", "The ferry struck Quay 4 in Karvik.")
	first.Reading.Names = []whence.Name{{ID: "n1", Name: "Zoë Marr"}}
	first.Reading.Attributions = []whence.Attribution{
		{ID: "a1", Source: &whence.Source{Phrase: whence.Phrase{Text: "the mayor"}, Name: "n1"}, Kind: whence.Statement},
		{ID: "a2", Source: &whence.Source{Phrase: whence.Phrase{Text: "Ann Low"}, Anonymous: true}},
	}
	second := article(2, "2027-03-02", "Karvik: the quay struck back at the ferry.")
	second.Reading.Outlet = "Ternsay Gazette"
	second.Reading.Figures = []whence.Figure{{ID: "f1", Measure: "found dead", Status: whence.Planned}}
	a, _ := s.put(first)
	b, _ := s.put(second)
	both := []store.Key{b, a}
	for name, c := range map[string]struct {
		store.Query
		want []store.Key
	}{
		"all":                  {store.Query{}, both},
		"limit":                {store.Query{Limit: 1}, []store.Key{b}},
		"a word, another case": {store.Query{Terms: []string{"KARVIK"}}, both},
		"two words":            {store.Query{Terms: []string{"struck", "back"}}, []store.Key{b}},
		"a phrase":             {store.Query{Terms: []string{"the ferry struck"}}, []store.Key{a}},
		"in a title":           {store.Query{Terms: []string{"closed"}}, both},
		"no such":              {store.Query{Terms: []string{"tram"}}, nil},
		"a source's name":      {store.Query{Sources: []string{"zoe marr"}}, []store.Key{a}},
		"words of two sources": {store.Query{Sources: []string{"marr ann"}}, nil},
		"either source":        {store.Query{Sources: []string{"nobody", "ann low"}}, []store.Key{a}},
		"an outlet":            {store.Query{Outlet: "gazette"}, []store.Key{b}},
		"anonymous":            {store.Query{Marks: []store.Mark{"anonymous:yes"}}, []store.Key{a}},
		"status and measure":   {store.Query{Marks: []store.Mark{"status:planned", store.NewMark("measure", "Found dead")}}, []store.Key{b}},
		"from":                 {store.Query{Terms: []string{"karvik"}, From: b}, []store.Key{b}},
		"to":                   {store.Query{Terms: []string{"karvik"}, To: b}, []store.Key{a}},
		"to, of all":           {store.Query{To: b}, []store.Key{a}},
	} {
		s.view(func(r store.Reader) error {
			if got := collect(t, r.Search(c.Query)); !slices.Equal(got, c.want) {
				t.Errorf("%s: found %v, want %v", name, got, c.want)
			}
			return nil
		})
	}
}

func testHostileSearch(t *testing.T, s *suite) {
	s.put(article(1, "2027-03-01", "near or and not karvik"))
	for _, term := range []string{`"`, `""`, "'", "*", "^", "karvik*\"", "-", "a AND", "NEAR(", "title:", "x\x00y", "(", ")", "\xff", "}{", ""} {
		s.view(func(r store.Reader) error {
			for _, q := range []store.Query{{Terms: []string{term}}, {Sources: []string{term}}, {Outlet: term}, {Marks: []store.Mark{store.Mark(term)}}} {
				if term == "" && q.Terms == nil && q.Sources == nil {
					continue // no outlet and no mark ask for nothing
				}
				collect(t, r.Search(q))
			}
			return nil
		})
	}
	s.view(func(r store.Reader) error {
		if got := collect(t, r.Search(store.Query{Terms: []string{"OR", "NOT"}})); len(got) != 1 {
			t.Errorf("words that are operators elsewhere find %v", got)
		}
		return nil
	})
}

func testRollback(t *testing.T, s *suite) {
	wrong := errors.New("wrong")
	err := s.store.Update(context.Background(), func(w store.Writer) error {
		if _, _, err := w.Put(article(1, "", "x", 4)); err != nil {
			return err
		}
		return wrong
	})
	if !errors.Is(err, wrong) {
		t.Errorf("error %v", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a panic is swallowed")
			}
		}()
		_ = s.store.Update(context.Background(), func(w store.Writer) error {
			if _, _, err := w.Put(article(2, "", "y", 4)); err != nil {
				return err
			}
			panic("broken")
		})
	}()
	s.view(func(r store.Reader) error {
		if c, err := r.Counts(); err != nil || c.Articles != 0 {
			t.Errorf("counts %+v, %v", c, err)
		}
		return nil
	})
	s.put(article(3, "", "z")) // the store still works
}

func testSnapshot(t *testing.T, s *suite) {
	s.put(article(1, "", "x"))
	s.view(func(r store.Reader) error {
		before, err := r.Counts()
		if err != nil {
			return err
		}
		s.put(article(2, "", "y"))
		after, err := r.Counts()
		if before.Articles != after.Articles {
			t.Errorf("%d articles, then %d", before.Articles, after.Articles)
		}
		return err
	})
}

func testConcurrent(t *testing.T, s *suite) {
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 5 {
				if err := s.store.Update(context.Background(), func(w store.Writer) error {
					_, _, err := w.Put(article(10*n+i, "2027-03-01", "x", store.Print(i)))
					return err
				}); err != nil {
					t.Error(err)
				}
				if err := s.store.View(context.Background(), func(r store.Reader) error {
					_, err := r.Counts()
					return err
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s.view(func(r store.Reader) error {
		if c, err := r.Counts(); err != nil || c.Articles != 40 {
			t.Errorf("counts %+v, %v", c, err)
		}
		return nil
	})
}

func testContext(t *testing.T, s *suite) {
	ctx, end := context.WithCancel(context.Background())
	end()
	if err := s.store.Update(ctx, func(store.Writer) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("update: %v", err)
	}
	if err := s.store.View(ctx, func(store.Reader) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("view: %v", err)
	}
}
