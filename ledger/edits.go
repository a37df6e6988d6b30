package ledger

import (
	"whence"
	"whence/lineage/edit"
	"whence/store"
)

// mostEdits bounds how many versions of a page are compared: the latest.
const mostEdits = 20

// editsOf compares the versions of a page, each with the one before it.
func editsOf(r store.Reader, versions []store.Head) ([]edit.Edit, error) {
	var list []edit.Edit
	var before *whence.Reading
	for _, v := range versions[max(0, len(versions)-mostEdits):] {
		after, err := r.Reading(v.Key)
		if err != nil {
			return nil, err
		}
		if before != nil {
			list = append(list, edit.Compare(before, after))
		}
		before = after
	}
	return list, nil
}
