//go:build unix

package processor

import (
	"syscall"
	"time"
)

// Time is how much time of a processor the program has had so far, its own and the
// system's for it.
func Time() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
