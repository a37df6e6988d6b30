// Package cli is the command line: one file a command, and the layout of what
// people read.
//
// It promises the commands, formats and exit codes of doc/formats.md: results
// alone on standard output, everything else on standard error, and no byte of
// an article acted on by a terminal (see [visible]). It is the one package
// that wires the others together.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"whence/export"
)

// Exit codes, as promised in doc/formats.md.
const (
	exitDone   = 0
	exitFailed = 1 // some inputs failed, each named on standard error
	exitUsage  = 2
	exitLedger = 3 // the ledger cannot be used
)

// errInputs says that some inputs failed; each was already named.
var errInputs = errors.New("some inputs failed")

// commands is the grammar of the command line.
type commands struct {
	Read     readCommand      `cmd:"" help:"Read news and print who says what; store nothing."`
	Add      addCommand       `cmd:"" help:"Read news and put it into the ledger."`
	Article  articleCommand   `cmd:"" help:"Print an article of the ledger: findings, where else its words stand, what its versions changed."`
	Stories  storiesCommand   `cmd:"" help:"List the ledger's stories, the latest first."`
	Story    storyCommand     `cmd:"" help:"Print a story: its claims by legs, figures, origins, positions, contradictions, plans."`
	Claim    claimCommand     `cmd:"" help:"Print a claim with the reports and sources that it rests on."`
	Source   sourceCommand    `cmd:"" help:"Print what a source is reported to have said."`
	Search   searchCommand    `cmd:"" help:"Search the ledger."`
	Export   exportCommand    `cmd:"" help:"Print what the ledger holds, for programs."`
	Remove   removeCommand    `cmd:"" help:"Take articles out of the ledger, and all that came with them."`
	Serve    serveCommand     `cmd:"" help:"Serve the ledger to browsers and programs: this machine alone, unless told otherwise."`
	Password passwordCommand  `cmd:"" help:"Print a line of the password file for serve; the password is read from standard input."`
	Verify   verifyCommand    `cmd:"" help:"Check the ledger against its own evidence."`
	Demo     demoCommand      `cmd:"" help:"Put the built-in sample, a fiction, into a ledger that is gone afterwards, and print its main story."`
	Eval     evalCommand      `cmd:"" help:"Score this program against gold data."`
	Version  kong.VersionFlag `short:"V" help:"Print the version and stop."`
}

// operands names what flags take, for the help.
var operands = map[string]string{
	"published": "DATE", "keep": "FILE", "ledger": "FILE", "limit": "N",
	"story": "ID", "article": "ID", "query": "QUERY", "table": "NAME", "output": "FILE",
	"page-bytes": "N", "page-depth": "N", "page-time": "D", "fetch-bytes": "N", "fetch-time": "D", "jobs": "N",
	"addr": "HOST:PORT", "passwords": "FILE", "token-file": "FILE", "audit": "FILE", "tls-cert": "FILE", "tls-key": "FILE", "upload-bytes": "N", "role": "ROLE",
}

const description = `whence reads news and shows where each claim comes from: who says so, what
exactly, with the exact words in front of you.

  whence demo                          a built-in sample story, nothing needed
  whence read article.html             who says what in a saved page
  whence read https://…                the same, fetched once
  whence read folder/ archive.wacz     many pages: a summary, --full for all
  whence read --format jsonl feed.xml  one JSON object an article, for programs
  pbpaste | whence read -              whatever you have just copied
  whence add folder/ archive.wacz      the same, kept in a ledger
  whence search source:"harbour master" status:planned
  whence article 3f2a                  one article, and where its passages stand earlier
  whence serve                         the ledger in the browser, on this machine

What is read is recognised from its content: HTML, plain text, JSON Lines of
articles, RSS, Atom, RDF and JSON feeds, WARC and WACZ archives, each also
compressed with gzip.`

// world is what a command may touch of its surroundings.
type world struct {
	ctx    context.Context
	stdin  io.Reader
	out    *terminal
	stderr *terminal
}

// Main runs one command line and gives the exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	spareMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	w := &world{ctx: ctx, stdin: stdin, out: newTerminal(stdout), stderr: newTerminal(stderr)}

	var c commands
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("whence"),
		kong.Description(description),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 90}),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exit = code }),
		kong.Vars{"version": "whence " + version(), "tasks": taskNames(), "ledger": defaultLedger, "exports": strings.Join(export.Names(), ",")},
	)
	if err != nil {
		panic(err) // the grammar above is wrong, whatever the arguments are
	}
	for _, command := range parser.Model.Leaves(true) {
		for _, f := range command.Flags {
			f.PlaceHolder = operands[f.Name]
		}
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	run, err := parser.Parse(args)
	if exit >= 0 {
		return exit // --help or --version was asked for, and printed
	}
	if err != nil {
		complain(w.stderr, err.Error()+" (whence --help shows how)")
		return exitUsage
	}
	return w.code(run.Run(w))
}

// collectAt is by how much of what is in use the heap may grow before garbage
// is collected. Most of what is in use is the models' tables, which cost the
// collector nothing; at Go's own 100 a 2 GB archive took 250 MB at its peak, at
// 30 it takes 175, for a tenth more of processor time.
const collectAt = 30

// spareMemory sets collectAt, unless the user has set GOGC.
func spareMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}

// code tells how a command ended.
func (w *world) code(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errInputs):
		return exitFailed
	case errors.Is(err, context.Canceled):
		complain(w.stderr, "interrupted")
		return exitFailed
	}
	if l := (*ledgerError)(nil); errors.As(err, &l) {
		complain(w.stderr, l.Error()+" ("+l.hint+")")
		return exitLedger
	}
	complain(w.stderr, err.Error())
	if usage := (*usageError)(nil); errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// usageError is a mistake in the arguments that the parser can't see.
type usageError struct{ error }

// complain writes one line to standard error.
func complain(t *terminal, line string) {
	fmt.Fprintln(t, "whence: "+visible(strings.TrimSpace(line)))
}

// version is the module's version, "devel" where it was built from a checkout
// that git says nothing of.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}
