package api_test

import (
	"os/exec"
	"testing"

	"whence/internal/shared"
)

// peer is a program of other projects that .ci/run installs; the test is skipped
// where it is not there.
func peer(t *testing.T, program string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		shared.Missing(t, "the program "+program)
	}
	return exec.CommandContext(t.Context(), path, args...)
}

// needs skips the test where a Python module is not there.
func needs(t *testing.T, modules ...string) {
	t.Helper()
	for _, m := range modules {
		if err := peer(t, "python3", "-c", "import "+m).Run(); err != nil {
			shared.Missing(t, "the Python module "+m)
		}
	}
}

// TestConforms: the description is valid OpenAPI 3.1, and every answer of the
// sample's ledger is as it describes it, by the judgement of other programs.
func TestConforms(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while: skipped")
	}
	needs(t, "jsonschema", "openapi_spec_validator")
	srv := serve(t, nil)
	out, err := peer(t, "python3", "testdata/conform.py", srv.URL).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// TestFuzzed: requests made from the description by another program, well formed and
// not, never make the server fail.
func TestFuzzed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while: skipped")
	}
	fuzzer := peer(t, "schemathesis")
	l, err := newSample() // of its own, for it is added to
	if err != nil {
		t.Fatal(err)
	}
	srv := serve(t, l)
	fuzzer.Args = append(fuzzer.Args, "run", srv.URL+"/openapi.json",
		"--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
		"--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "1", "--generation-database", "none",
		"--workers", "1", "--no-color")
	fuzzer.Dir = t.TempDir() // it leaves files behind
	out, err := fuzzer.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}
