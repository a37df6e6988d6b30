package lineage

// OutletKey is the name of an outlet or agency as it is compared, the same for all
// its names and domains, and whether the table of outlets knows it.
func OutletKey(name string) (key string, known bool) {
	_, known = outlets()[plainName(name)]
	return outletKey(name), known
}
