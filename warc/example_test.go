package warc_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"whence/warc"
)

// A page is kept as it came, and read back.
func Example() {
	dir, err := os.MkdirTemp("", "kept")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "kept.warc.gz")

	file, err := warc.Append(path, warc.Options{})
	if err != nil {
		panic(err)
	}
	head := warc.ResponseHead("HTTP/1.1", "200 OK", map[string][]string{"Content-Type": {"text/html"}})
	body := strings.NewReader("<p>The ferry office in Skerrin declined to comment.</p>")
	if _, err := file.Write(warc.ResponseDraft("https://www.harbourpost.example/ferry", head, body)); err != nil {
		panic(err)
	}
	if err := file.Close(); err != nil {
		panic(err)
	}

	kept, err := os.Open(path)
	if err != nil {
		panic(err)
	}
	defer kept.Close()
	reader, err := warc.NewReader(kept)
	if err != nil {
		panic(err)
	}
	for {
		record, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			panic(err)
		}
		response, err := record.HTTP()
		if err != nil {
			panic(err)
		}
		page, err := io.ReadAll(response.Body)
		if err != nil {
			panic(err)
		}
		fmt.Println(record.TargetURI(), response.Status)
		fmt.Println(string(page))
		for _, digest := range record.Digests() {
			fmt.Println(digest.Field, digest.Verdict)
		}
	}
	// Output:
	// https://www.harbourpost.example/ferry 200
	// <p>The ferry office in Skerrin declined to comment.</p>
	// WARC-Block-Digest match
	// WARC-Payload-Digest match
}
