package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzCSV: any text is one cell that no spreadsheet runs, and can be had back.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"=1+1", "'", "''=1", "\"a\",b", "＝1", "\n@x", "plain", "-5", "a\r\nb", strings.Repeat("𝔸", 20_000), "\xff\x00"} {
		f.Add(s)
	}
	t := &table{columns: columnsFor("text i:n")}
	f.Fuzz(func(test *testing.T, s string) {
		var b bytes.Buffer
		sheet, err := csvForm{}.open(t, &b)
		if err != nil {
			test.Fatal(err)
		}
		if err := sheet.put(row{s, -5}); err != nil {
			test.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\uFEFF"))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 2 || rows[1][1] != "-5" {
			test.Fatalf("%q: %q, %v", s, rows, err)
		}
		cell := rows[1][0]
		if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
			test.Errorf("%q would be run", cell)
		}
		// Go's reader makes \n of \r\n.
		if back, want := strings.TrimPrefix(cell, "'"), strings.ReplaceAll(s, "\r\n", "\n"); back != want && !strings.HasSuffix(cell, " more]") {
			test.Errorf("%q comes back as %q", s, back)
		}
		if n := len([]rune(cell)); n > 32_767 {
			test.Errorf("a cell of %d characters", n)
		}
	})
}
