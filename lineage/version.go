package lineage

// Version counts the changes to what [NewText] and [Text.Prints] give.
const Version = 4
