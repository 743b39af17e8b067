package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// onTerminal runs the program with a pseudo-terminal for its output and
// returns what a person would see.
func onTerminal(t *testing.T, args ...string) (status int, seen string) {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("there are no pseudo-terminals here: %v", err)
	}
	defer master.Close()
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	read := make(chan string)
	go func() {
		b, _ := io.ReadAll(master) // ends with EIO once the other side is closed
		read <- string(b)
	}()
	status = run(args, strings.NewReader(""), slave, slave)
	slave.Close()
	return status, strings.ReplaceAll(<-read, "\r\n", "\n")
}

func TestATerminalIsShownThePlace(t *testing.T) {
	t.Setenv("TERM", "xterm")
	file := filepath.Join(t.TempDir(), "a.en.md")
	if err := os.WriteFile(file, []byte("---\ntitle: A\ntitel: B\nlang: en\n---\n\nText.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for noColor, want := range map[string]string{
		"":  "\x1b[2m   3 |\x1b[0m titel: B\n\x1b[2m     |\x1b[0m \x1b[1;32m^\x1b[0m\n",
		"1": "   3 | titel: B\n     | ^\n",
	} {
		t.Setenv("NO_COLOR", noColor)
		status, seen := onTerminal(t, "check", file)
		if status != exitDone || !strings.Contains(seen, want) {
			t.Errorf("NO_COLOR=%q: status %d, seen %q", noColor, status, seen)
		}
	}
	if status, seen := onTerminal(t, "render", file, "-o", "-"); status != exitUsage || !strings.Contains(seen, "not for a terminal") {
		t.Errorf("a PDF to a terminal: status %d, seen %q", status, seen)
	}
}
