package page

import "whence"

// lineRole is the role that a line's own words tell; ok is false where they
// tell none, which is the case of nearly every paragraph.
func lineRole(line string) (role whence.Role, ok bool) { return "", false }
