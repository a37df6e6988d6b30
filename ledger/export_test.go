package ledger

// Narrow makes the bounds of a ledger so small that tests come upon them.
func (l *Ledger) Narrow(holders, onTopic, together int) {
	l.most = bounds{holders, max(1, holders/2), onTopic, together, together}
}

// Reread makes the ledger one of another reader.
func (l *Ledger) Reread(reader string) { l.reader = reader }
