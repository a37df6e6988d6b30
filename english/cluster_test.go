package english

import "testing"

func TestClusters(t *testing.T) {
	c, err := ParseClusters("000\tbridge\tferry\n001\tOrla\n01\t0,000\tdon't\n")
	if err != nil {
		t.Fatal(err)
	}
	s := c.NewSentence([]string{"ferry", "Bridge", "ORLA", "Orla", "4,321", "don’t", "pier"})
	for i, want := range []Cluster{1, 1, 0, 2, 3, 3, 0} {
		if got := s.looks[i].Cluster; got != want {
			t.Errorf("word %d has cluster %d, want %d", i, got, want)
		}
	}
	for _, p := range []struct {
		a, b  Cluster
		steps int
		same  bool
	}{
		{1, 2, 2, true}, {1, 2, 3, false}, {1, 3, 1, true}, {1, 3, 2, false}, {3, 3, 64, true}, {0, 1, 1, false}, {9, 0, 1, true},
	} {
		if got := c.Prefix(p.a, p.steps) == c.Prefix(p.b, p.steps); got != p.same {
			t.Errorf("prefixes of %d steps of %d and %d are the same: %v, want %v", p.steps, p.a, p.b, got, p.same)
		}
	}
	for _, bad := range []string{"2\tbridge\n", "\tbridge\n", "bridge\n"} {
		if _, err := ParseClusters(bad); err == nil {
			t.Errorf("%q is taken for a class", bad)
		}
	}
}

func TestShape(t *testing.T) {
	for word, want := range map[string]string{
		"Orla": "Xxx", "WHO": "XX", "1998": "dd", "$3.5m": "$d.dx", "n’t": "x’x", "“": "“", "東京都": "oo", "": "",
	} {
		if got := string(appendShape(nil, []byte(word))); got != want {
			t.Errorf("%q has the shape %q, want %q", word, got, want)
		}
	}
}

func TestTagNamesAreTold(t *testing.T) {
	for tag := NoTag + 1; int(tag) < len(tagNames); tag++ {
		if got, ok := TagNamed(tag.String()); !ok || got != tag {
			t.Errorf("the tag %v is read as %v, %v", tag, got, ok)
		}
	}
	for l := NoLabel + 1; l < labelCount; l++ {
		if got, ok := LabelNamed(l.String()); !ok || got != l {
			t.Errorf("the label %v is read as %v, %v", l, got, ok)
		}
	}
	if int(labelCount) > Classes || len(tagNames) > Classes {
		t.Errorf("%d tags, %d labels do not fit into %d classes", len(tagNames), labelCount, Classes)
	}
	if got := Tag(200).String() + Label(200).String(); got != "__" {
		t.Errorf("unknown tag and label: %q", got)
	}
}

func TestCertainties(t *testing.T) {
	table := CertainWord("the", DT) + CertainArc(ArcKind{AnyWord, DT, NN, 1}, Det) + CertainArc(ArcKind{"no", DT, NN, 1}, Advmod)
	c, err := parseCertain(table)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.tags["the"]; got != DT {
		t.Errorf("the: %v", got)
	}
	for _, k := range []struct {
		word string
		side uint8
		want Label
	}{{"the", 1, Det}, {"no", 1, Advmod}, {"the", 0, NoLabel}} {
		if got := c.label(Hash(k.word), DT, NN, k.side); got != k.want {
			t.Errorf("%s, side %d: %v, want %v", k.word, k.side, got, k.want)
		}
	}
	for _, bad := range []string{"the\tNONE\n", "* DT NN 2\tdet\n", "* DT\tdet\n", "* DT NN 1\tnone\n", "\n"} {
		if _, err := parseCertain(bad); err == nil {
			t.Errorf("%q is taken for a certainty", bad)
		}
	}
}
