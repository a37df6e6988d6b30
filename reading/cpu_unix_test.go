//go:build unix

package reading_test

import (
	"syscall"
	"time"
)

// userTime is how much time of a processor the program has had so far, which
// tells more than the clock where others run beside it.
func userTime() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
