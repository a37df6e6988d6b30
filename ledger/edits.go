package ledger

import (
	"strings"

	"whence"
	"whence/lineage/edit"
	"whence/store"
)

// mostVersions bounds how many versions of a page are compared: those around the
// article that is looked at.
const mostVersions = 20

// Edit is what a version of a page changes of the one before it.
type Edit struct {
	edit.Edit
	// Unordered: no date tells which of the two came first.
	Unordered bool `json:"unordered,omitempty"`
	// Old and New are the two versions.
	Old *whence.Reading `json:"-"`
	New *whence.Reading `json:"-"`
}

// versionsOf are the versions of an article's page, the article itself among them.
// Pages of two outlets are never versions of one, also where one names the other's
// address as its own, as who republishes does.
func versionsOf(r store.Reader, a store.Head) ([]store.Head, error) {
	all, err := r.Versions(a.Page)
	if err != nil {
		return nil, err
	}
	var list []store.Head
	for _, v := range all {
		if v.Outlet == "" || a.Outlet == "" || strings.EqualFold(v.Outlet, a.Outlet) {
			list = append(list, v)
		}
	}
	return list, nil
}

// editsOf compares versions of a page, each with the one before it, around one of
// them.
func editsOf(r store.Reader, versions []store.Head, around store.Key) ([]Edit, error) {
	last := len(versions)
	for i, v := range versions {
		if v.Key == around {
			last = min(last, max(mostVersions, i+mostVersions/2))
		}
	}
	var list []Edit
	var before *whence.Reading
	first := max(0, last-mostVersions)
	for i := first; i < last; i++ {
		after, err := r.Reading(versions[i].Key)
		if err != nil {
			return nil, err
		}
		if before != nil {
			list = append(list, Edit{Edit: edit.Compare(before, after), Unordered: unordered(versions[i-1], versions[i]), Old: before, New: after})
		}
		before = after
	}
	return list, nil
}

// unordered tells whether it is their ids alone that put two versions in order.
func unordered(a, b store.Head) bool {
	b.ID = a.ID
	return store.CompareVersions(a, b) == 0
}
