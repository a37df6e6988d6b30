// Command whence reads news and shows where each claim comes from.
package main

import (
	"os"

	"whence/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
