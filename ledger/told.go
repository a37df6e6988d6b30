package ledger

import (
	"sync"

	"whence/store"
	"whence/story"
)

// mostTold bounds the stories that are kept at hand, by the bytes of their JSON.
const mostTold = 64 << 20

// told keeps large stories at hand that were looked at, so that looking again
// costs nothing. What it holds is dropped at random where there is too much.
type told struct {
	mu   sync.Mutex
	held map[store.Key]telling
	size int
}

// telling is a story as it was built at one time.
type telling struct {
	built int64
	story *story.Story
	size  int
}

// get is a story, if it is at hand as it was built.
func (t *told) get(root store.Key, built int64) *story.Story {
	t.mu.Lock()
	defer t.mu.Unlock()
	if x := t.held[root]; x.built == built {
		return x.story
	}
	return nil
}

func (t *told) put(root store.Key, built int64, s *story.Story, size int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.drop(root)
	for other := range t.held {
		if t.size+size <= mostTold {
			break
		}
		t.drop(other)
	}
	if t.size+size > mostTold {
		return
	}
	if t.held == nil {
		t.held = map[store.Key]telling{}
	}
	t.held[root] = telling{built, s, size}
	t.size += size
}

func (t *told) drop(root store.Key) {
	t.size -= t.held[root].size
	delete(t.held, root)
}
