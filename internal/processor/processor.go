// Package processor tells how much time of a processor the program has had, which
// tells more of its cost than the clock where others run beside it. It promises
// nothing where the system does not tell.
package processor
