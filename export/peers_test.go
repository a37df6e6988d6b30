package export_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"whence/export"
	"whence/internal/shared"
)

// python runs a script of testdata where Python has the modules that it needs;
// missing is called where it has not.
func python(t *testing.T, missing func(what string), modules []string, args ...string) {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		missing("python3")
	}
	for _, m := range modules {
		if exec.CommandContext(t.Context(), path, "-c", "import "+m).Run() != nil {
			missing("the Python module " + m)
		}
	}
	out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// exportAll writes every kind into a folder.
func exportAll(t *testing.T) (dir string) {
	t.Helper()
	l, dir := theSample(t), t.TempDir()
	for _, k := range export.Kinds() {
		r := export.Request{Kind: k.Name}
		var err error
		if k.Tables {
			err = export.Folder(t.Context(), l, r, filepath.Join(dir, k.Name))
		} else {
			err = os.WriteFile(filepath.Join(dir, "export."+k.Name), write(t, l, r), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestPeers: other programs read what is exported, find it to be of its format, and
// its words to be at their places.
func TestPeers(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while: skipped")
	}
	modules := []string{"pyarrow.parquet", "geojson", "rdflib", "prov", "pyld"}
	python(t, func(what string) { shared.Missing(t, what) }, modules, "testdata/peers.py", exportAll(t))
}

// TestLibreOffice: LibreOffice reads from every table what is in it, and runs none of
// it. It is too large for .ci/run to install, so the test is skipped without it.
func TestLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not there: skipped")
	}
	dir := exportAll(t)
	tables, err := filepath.Glob(filepath.Join(dir, "csv", "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	// Comma, quotation mark, UTF-8, from the first line, and texts in quotation marks
	// are texts: what its dialogue for CSV offers.
	args := []string{"--headless", "-env:UserInstallation=file://" + t.TempDir(), "--infilter=CSV:44,34,76,1,,0,true", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "xlsx")}
	if out, err := exec.CommandContext(t.Context(), office, append(args, tables...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	python(t, func(what string) { t.Skip(what, "is not there: skipped") }, []string{"openpyxl"}, "testdata/libreoffice.py", dir)
}
