//go:build !race

package api

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"communique/service/access"
	"communique/service/outside"
)

// TestTheDocumentIsTheContract lets Schemathesis try out the whole service by its
// OpenAPI document, with all its checks. It sends one request after the other, so
// that the race detector has nothing to see here.
func TestTheDocumentIsTheContract(t *testing.T) {
	program := outside.Schemathesis(t)
	for _, run := range []struct {
		name      string
		database  func(*testing.T) string
		scope     access.Scope
		arguments []string
		// deep leads every request to publications that exist; what is invalid on purpose would be mended with it.
		deep bool
	}{
		{"anonymous", sqliteFile, nobody, nil, false},
		{"administrator", postgreSQL, access.Admin, nil, false},
		{"administrator of what exists", postgreSQL, access.Admin, []string{"--mode", "positive"}, true},
	} {
		t.Run(run.name, func(t *testing.T) {
			p := openPress(t, pressOptions{database: run.database(t), files: folder(t)})
			p.do(201, "PUT", "/v1/publications/kimberley-2023", english)
			p.do(200, "POST", "/v1/publications/kimberley-2023/publish", "")
			arguments := append([]string{"--config-file", settings(t, run.deep), "run", p.URL + openAPIPath, "--checks", "all",
				"--max-examples", "10", "--seed", "20231114", "--workers", "1", "--continue-on-failure", "--output-truncate", "false", "--wait-for-schema", "5"}, run.arguments...)
			if run.scope != nobody {
				arguments = append(arguments, "--header", "Authorization: Bearer "+p.keys[run.scope])
			}
			cmd := exec.CommandContext(t.Context(), program, arguments...)
			cmd.Dir = t.TempDir() // for what it leaves behind
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			if got := string(out); !strings.Contains(got, " generated, ") {
				t.Errorf("it has not said how many requests it made: %s", got)
			} else {
				t.Log(strings.TrimSpace(got[strings.LastIndex(got, "Test cases:"):]))
			}
		})
	}
}

// settings is the configuration of a run.
func settings(t *testing.T, deep bool) string {
	t.Helper()
	common, err := os.ReadFile(filepath.Join("testdata", "schemathesis.toml"))
	must(t, err)
	if deep {
		common = append([]byte("[parameters]\n\"path.slug\" = \"kimberley-2023\"\n\"header.If-Match\" = \"*\"\n\n"), common...)
	}
	path := filepath.Join(t.TempDir(), "schemathesis.toml")
	must(t, os.WriteFile(path, common, 0o600))
	return path
}
