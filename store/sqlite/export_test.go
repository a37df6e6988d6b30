package sqlite

// Small gives the store runs so small that a few articles fill all tiers, and drain
// them.
func (s *Store) Small() *Store {
	s.tiers = tiers{fan: 2, largest: 16, inChunk: 3}
	return s
}
