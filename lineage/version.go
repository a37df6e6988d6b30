package lineage

// Version counts the changes to what [NewText], [Text.Prints] and [Compare] give.
const Version = 7
