package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence/eval"
	"whence/internal/golden"
	"whence/internal/shared"
)

// TestFiguresFigures freezes the figures of numbers and units.
func TestFiguresFigures(t *testing.T) {
	for _, corpus := range []string{"recognizers", "re3d"} {
		var b strings.Builder
		if err := eval.Figures(&b, shared.Path(t, "corpora", corpus)); err != nil {
			t.Fatal(err)
		}
		golden.Check(t, filepath.Join("testdata", "figures-"+corpus+".golden"), b.String())
	}
}

// fictionalCases are a folder of cases in the layout of Recognizers-Text: two
// right ones, one whose gold is wrong, one that does not count.
var fictionalCases = map[string]string{
	"Number/NumberModel.json": "\ufeff" + `[
{"Input":"Karvik has 40 boats","Results":[{"Text":"40","TypeName":"number","Resolution":{"value":"40"},"Start":11,"End":12}]},
{"Input":"no boats here","Results":[]},
{"Input":"Karvik has 40 boats","Results":[{"Text":"40","TypeName":"number","Resolution":{"value":"41"},"Start":11,"End":12}]},
{"Input":"40","NotSupported":"dotnet, java","Results":[]}]`,
	"NumberWithUnit/CurrencyModel.json":    `[{"Input":"it cost 5 euros","Results":[{"Text":"5 euros","TypeName":"currency","Resolution":{"value":"5","unit":"Euro","isoCurrency":"EUR"},"Start":8,"End":14}]}]`,
	"NumberWithUnit/AgeModel.json":         `[{"Input":"she is 30 years old","Results":[{"Text":"30 years old","TypeName":"age","Resolution":{"value":"30","unit":"Year"},"Start":7,"End":18}]}]`,
	"NumberWithUnit/DimensionModel.json":   `[{"Input":"a wall of 3 meters","Results":[{"Text":"3 meters","TypeName":"dimension","Resolution":{"value":"3","unit":"Meter"},"Start":10,"End":17}]}]`,
	"NumberWithUnit/TemperatureModel.json": `[]`,
	"Number/PercentModel.json":             `[{"Input":"5%","Results":[{"Text":"5%","TypeName":"percentage","Resolution":{"value":"5%"},"Start":0,"End":1}]}]`,
	"Number/NumberRangeModel.json":         `[{"Input":"between 2 and 5 boats","Results":[{"Text":"between 2 and 5","TypeName":"numberrange","Resolution":{"value":"[2,5)"},"Start":0,"End":14}]}]`,
}

// fictionalReports are a folder in the layout of re3d.
var fictionalReports = map[string]string{
	"Karvik/documents.json": `{"_id":"d1","text":"About 40 boats sank off Karvik, two of them today."}`,
	"Karvik/entities.json":  `{"_id":"e1","begin":0,"end":8,"type":"Quantity","documentId":"d1"}` + "\n" + `{"_id":"e2","begin":24,"end":30,"type":"Location","documentId":"d1"}`,
}

func writeFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFigures(t *testing.T) {
	var b strings.Builder
	for _, files := range []map[string]string{fictionalCases, fictionalReports} {
		if err := eval.Figures(&b, writeFolder(t, files)); err != nil {
			t.Fatal(err)
		}
	}
	golden.Check(t, filepath.Join("testdata", "figures-fiction.golden"), b.String())
}

func TestFiguresRefuses(t *testing.T) {
	var b strings.Builder
	if err := eval.Figures(&b, t.TempDir()); err == nil {
		t.Error("an empty folder is scored")
	}
	for _, spoilt := range []string{`[`, `[{"Input":"5","Results":[{"Resolution":{"value":"five"}}]}]`} {
		files := map[string]string{}
		for name, content := range fictionalCases {
			files[name] = content
		}
		files["Number/NumberModel.json"] = spoilt
		if err := eval.Figures(&b, writeFolder(t, files)); err == nil {
			t.Errorf("%s is scored", spoilt)
		}
	}
}
