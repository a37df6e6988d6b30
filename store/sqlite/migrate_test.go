package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"whence/store"
)

// TestMigrate opens a ledger of each older version, which keeps what it has.
func TestMigrate(t *testing.T) {
	ctx := context.Background()
	for old := 1; old < version; old++ {
		path := filepath.Join(t.TempDir(), "old.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range append(append([]string{}, migrations[:old]...),
			fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, old),
			"INSERT INTO prints (print, article, outlet) VALUES (5, 7, 1)") {
			if _, err := db.Exec(m); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		s, err := Open(ctx, path)
		if err != nil {
			t.Fatalf("version %d: %v", old, err)
		}
		var found []store.Holder
		err = s.View(ctx, func(r store.Reader) error {
			return r.Holders([]store.Print{5}, 0, 1<<62, 9, func(h store.Holder) { found = append(found, h) })
		})
		if want := (store.Holder{Print: 5, Key: 7, Outlet: 1}); err != nil || len(found) != 1 || found[0] != want {
			t.Errorf("version %d: %+v, %v, want %+v", old, found, err, want)
		}
		var now int
		if err := s.reads.QueryRow("PRAGMA user_version").Scan(&now); err != nil || now != version {
			t.Errorf("version %d became %d (%v), want %d", old, now, err, version)
		}
		for err := range s.Check(ctx) {
			t.Errorf("version %d: %v", old, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
