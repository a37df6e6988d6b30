//go:build unix

package lineage

import (
	"syscall"
	"time"
)

// processor is how much time of a processor the program has had so far, which
// tells more than the clock where others run beside it.
func processor() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
