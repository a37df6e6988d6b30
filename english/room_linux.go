package english

import (
	"syscall"
	"unsafe"
)

// largePage is the size of the large pages of most processors under Linux, and
// adviseLarge what asks for them (MADV_HUGEPAGE).
const (
	largePage   = 1 << 21
	adviseLarge = 14
)

// preferLarge asks for memory in large pages, before it is first used: looking
// at a table in any order then costs fewer looks at where its pages are. Where
// it can't be had, nothing changes.
func preferLarge[T any](table []T) {
	var one T
	size := len(table) * int(unsafe.Sizeof(one))
	if size < 2*largePage {
		return
	}
	all := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(table))), size)
	start := int(-uintptr(unsafe.Pointer(unsafe.SliceData(all))) % largePage)
	whole := (size - start) / largePage * largePage
	_ = syscall.Madvise(all[start:start+whole], adviseLarge) // a wish, no need
}
