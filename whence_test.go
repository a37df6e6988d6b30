package whence

import "testing"

func TestTitleSpan(t *testing.T) {
	blocks := []Block{{Role: RoleParagraph, Span: Span{0, 3}}, {Role: RoleTitle, Span: Span{5, 9}}}
	for _, c := range []struct {
		name string
		of   Article
		want Span
		ok   bool
	}{
		{"a block", Article{Title: "Quay", Text: "One\n\nQuay", Blocks: blocks}, Span{5, 9}, true},
		{"the first line", Article{Title: "Café", Text: "Café\n\nIt closed."}, Span{0, 4}, true},
		{"blocks without it", Article{Title: "One", Text: "One\n\nQuay", Blocks: blocks[:1]}, Span{}, false},
		{"the beginning of a line", Article{Title: "Quay", Text: "Quay 4\n\nIt closed."}, Span{}, false},
		{"elsewhere", Article{Title: "Quay", Text: "It closed."}, Span{}, false},
		{"none", Article{Text: "\nIt closed."}, Span{}, false},
	} {
		if got, ok := c.of.TitleSpan(); got != c.want || ok != c.ok {
			t.Errorf("%s: %v, %t, want %v, %t", c.name, got, ok, c.want, c.ok)
		}
	}
}
