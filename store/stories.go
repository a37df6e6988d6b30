package store

import "iter"

// Tree is an article's place in the forest of stories.
type Tree struct {
	Key
	Parent   Key // the article that it hangs on; its own key where it is a root
	Likeness float64
	Root     Key
}

// Trunk is a story, by the root of its tree.
type Trunk struct {
	Root     Key
	Articles int
	First    Key // the earliest and the latest of its articles
	Last     Key
	// Built is another number each time that the story was built; 0 where what
	// follows is out of date.
	Built int64
	// Story is what it comes to, as the caller put it, which may be nothing. It
	// is nil where that is out of date.
	Story []byte
	// Brief is what is shown of it in a list, likewise.
	Brief []byte
}

// StoryReader is the part of a [Reader] that gives stories.
type StoryReader interface {
	// Digest is what was put in with an article. Errors: ErrAbsent.
	Digest(Key) ([]byte, error)
	// TopicHolders calls visit with the articles that hold any of some topics, with
	// from <= key < to, each once; of each topic at most limit, the earliest, or
	// the latest where latestFirst.
	TopicHolders(topics []Print, from, to Key, limit int, latestFirst bool, visit func(Key)) error
	// Tree is an article's place. Errors: ErrAbsent.
	Tree(Key) (Tree, error)
	// Children hang on an article, in the order of keys.
	Children(Key) ([]Key, error)
	// Members are the articles of a story in the order of keys.
	Members(root Key) ([]Key, error)
	// Trunk is a story. Errors: ErrAbsent.
	Trunk(root Key) (Trunk, error)
	// Trunks yields stories of at least so many articles whose latest is before a
	// key (0 is no bound), the latest first, without their Story.
	Trunks(before Key, least int) iter.Seq2[Trunk, error]
	// FindClaim gives the root of the story that held the claim of an id, or of
	// the only one that begins so, when it was built last, or of the story that
	// has grown together with it since; and the claim's whole id. Errors:
	// ErrAbsent, ErrAmbiguous.
	FindClaim(id string) (root Key, whole string, err error)
	// Unbuilt gives roots of stories that are out of date, the latest first.
	Unbuilt(limit int) ([]Key, error)
}

// StoryWriter is the part of a [Writer] that keeps stories.
type StoryWriter interface {
	StoryReader
	// Hang puts an article, and all that hangs on it, into the story of another,
	// or makes it a root of its own where parent is its own key. The stories that
	// it left and joined are out of date from then on.
	Hang(k, parent Key, likeness float64) error
	// Outdate marks the story of an article as out of date.
	Outdate(Key) error
	// PutStory keeps what a story comes to, and the ids of its claims.
	PutStory(root Key, story, brief []byte, claims []string) error
}
