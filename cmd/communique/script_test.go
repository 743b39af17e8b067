package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"communique/render/picture/testcard"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"communique": main})
}

// TestScripts runs testdata/script: the program as its users meet it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Deadline:            deadline(t),
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "picture": drawPicture},
		Setup: func(e *testscript.Env) error {
			templates, err := filepath.Abs("../../templates")
			if err != nil {
				return err
			}
			e.Setenv("TEMPLATES", templates)
			e.Setenv("NO_COLOR", "")
			e.Setenv("TERM", "xterm")
			return nil
		},
	})
}

// deadline ends scripts whose program does not end, such as a server that a script
// expected to be refused, before the test binary gives up.
func deadline(t *testing.T) time.Time {
	soon := time.Now().Add(2 * time.Minute)
	if last, ok := t.Deadline(); ok && last.Add(-10*time.Second).Before(soon) {
		return last.Add(-10 * time.Second)
	}
	return soon
}

// drawPicture draws a picture into a file: picture folder/dot.gif.
func drawPicture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: picture FILE")
	}
	file := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o777))
	data := testcard.GIF(testcard.Seal(8))
	if filepath.Ext(file) == ".png" {
		data = testcard.PNG(testcard.Seal(8))
	}
	ts.Check(os.WriteFile(file, data, 0o666))
}

// exits runs a command and wants its exit status: exits 2 communique render.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		status, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = status.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
