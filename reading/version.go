package reading

// Version counts the changes to what [Read] finds: a ledger reads its articles
// again where it was made with another.
const Version = 3
