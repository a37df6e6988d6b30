package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"whence"
	"whence/intake"
	"whence/story"
)

// rarityFile is where package story embeds the model from.
const rarityFile = "story/model/rarity.zst"

// rarity counts in how many articles of the news below a folder each word
// stands.
func rarity(w io.Writer, data string) error {
	n := 0
	model, err := story.PackRarity(func(visit func(a *whence.Article)) error {
		news := filepath.Join(data, "news", "articles.jsonl.gz")
		for a, err := range intake.Map(context.Background(), []string{news}, intake.Options{}, func(a *whence.Article) *whence.Article { return a }) {
			if err != nil {
				return err
			}
			visit(a)
			n++
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%d articles, %d bytes\n", n, len(model)); err != nil {
		return err
	}
	return os.WriteFile(rarityFile, model, 0o644)
}
