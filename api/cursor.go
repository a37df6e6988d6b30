package api

import (
	"encoding/base64"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// cursor is a place in a list. It is opaque to clients.
type cursor struct {
	List string `json:"l"` // which list, so that it is not used for another
	At   int64  `json:"a"`
}

func (c cursor) String() string {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err) // it is made of a text and a number
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// parseCursor reads a cursor of a list; an empty one is its beginning, at 0.
func parseCursor(s, list string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	var c cursor
	data, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	if err != nil || c.List != list {
		return 0, huma.Error422UnprocessableEntity("this is no cursor of this list (it is given back as it came, with the same request)")
	}
	return c.At, nil
}

// page cuts one page out of a list that is at hand.
func page[T any](all []T, list, after string, limit int) (part []T, next string, err error) {
	at, err := parseCursor(after, list)
	if err != nil {
		return nil, "", err
	}
	from := int(min(max(at, 0), int64(len(all))))
	to := min(from+limit, len(all))
	if to < len(all) {
		next = cursor{list, int64(to)}.String()
	}
	return all[from:to], next, nil
}
