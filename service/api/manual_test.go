//go:build !race

package api

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"communique/service/access"
	"communique/service/press"
)

// TestTheManualRuns runs the commands of docs/service.md as they stand, with the
// shell and curl. Those are programs of their own: the race detector sees nothing here.
func TestTheManualRuns(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"bash", "curl", "sha256sum"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("missing tool: %s (%v)", program, err)
		}
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "service.md"))
	must(t, err)
	script := "set -euo pipefail\n"
	for _, block := range regexp.MustCompile("(?s)```bash\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		script += block[1]
	}
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t)})
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "COMMUNIQUE="+p.URL, "KEY="+p.keys[access.Admin])
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	day := p.do(200, "GET", dayPath, "")
	var changes []press.Change
	for _, r := range day.Revisions {
		changes = append(changes, r.Change)
	}
	if day.Withdrawn == nil || !slices.Equal(changes, []press.Change{press.First, press.LanguageAdded, press.Correction}) {
		t.Errorf("at the end of the day: %+v", day)
	}
	var did []string
	for _, e := range p.trail(dayPath + "/audit") {
		did = append(did, string(e.Action))
	}
	if got, want := strings.Join(did, " "), "save translate translate translate submit schedule preview schedule translate publish correct translate translate translate translate translate schedule withdraw"; got != want {
		t.Errorf("the day was\n%s, want\n%s", got, want)
	}
	for _, name := range []string{"draft.ar.pdf", "preview.fr.pdf", "released.ar.txt", "released.zh-Hans.json", "released.ru.pdf", "group.pdf"} {
		if info, err := os.Stat(filepath.Join(cmd.Dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s was not saved: %v", name, err)
		}
	}
}
