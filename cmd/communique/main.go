// Command communique turns official Markdown statements into PDF, HTML and other
// formats, on the command line or over HTTP. It owns flags, environment and wiring, is the
// one place that knows everything, and must never hold logic of its own about
// publications.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// Exit statuses, as the help tells them.
const (
	exitDone        = 0
	exitInput       = 1 // a source has errors
	exitUsage       = 2 // wrong arguments, or folders of the caller's that are wrong
	exitFault       = 3 // ours, or the machine's: internal error, disk full
	exitInterrupted = 130
)

// errInput tells that sources have errors, which have been printed.
var errInput = errors.New("the input has errors")

// usageError is a call that cannot be what was meant; fix says what to do.
type usageError struct{ message, fix string }

func (e *usageError) Error() string { return e.message }

// run is the program. It returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	root := newRoot(&terminal{stdin, stdout, stderr})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errInput) {
		return exitInput
	}
	if wrong, ok := errors.AsType[*usageError](err); ok {
		fmt.Fprintf(stderr, "communique: %s\n", wrong.message)
		if wrong.fix != "" {
			fmt.Fprintf(stderr, "%s\n", wrong.fix)
		}
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		return exitInterrupted
	}
	fmt.Fprintf(stderr, "communique: %v\n", err)
	return exitFault
}
