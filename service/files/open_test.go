package files

import (
	"net"
	"strings"
	"testing"

	"communique/service/outside"
)

func TestLocationsThatCannotBeUsed(t *testing.T) {
	for location, want := range map[string]string{
		"":                                "a folder or s3://",
		"gs://bucket":                     `"gs"`,
		"https://u:hunter2@example.org/b": "s3://BUCKET",
		"s3://":                           "s3://BUCKET",
		"s3://bucket/folder":              "s3://BUCKET",
		"s3://key:hunter2@bucket":         "AWS_SECRET_ACCESS_KEY",
		"s3://b?endpoint=https://key:hunter2@example.org": "AWS_SECRET_ACCESS_KEY",
		"s3://b?endpoint=http://%25%25&x=hunter2":         "endpoint",
		"s3://b?region=x&secret=hunter2":                  "parameters",
		"file://relative":                                 "file:///",
	} {
		s, err := Open(t.Context(), location, Options{})
		if err == nil {
			s.Close()
			t.Errorf("%s: opened", location)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", location, err)
		}
	}
}

func TestAServerThatIsNotThere(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := "http://" + l.Addr().String()
	l.Close() // the kernel does not give this port away again soon
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIAHUNTER")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
	_, err = Open(t.Context(), "s3://minutes?region=r&endpoint="+endpoint, Options{})
	wantTrouble(t, err, endpoint, `"minutes"`, "the server runs", "AWS_ACCESS_KEY_ID")
}

func TestWrongCredentialsAndBuckets(t *testing.T) {
	location := outside.S3(t)
	missing := strings.Replace(location, "s3://", "s3://no-", 1)
	_, err := Open(t.Context(), missing, Options{})
	wantTrouble(t, err, `"no-test-`, "the bucket's name")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
	_, err = Open(t.Context(), location, Options{})
	wantTrouble(t, err, `"test-`, "AWS_SECRET_ACCESS_KEY")
}

func wantTrouble(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q is missing: %v", w, err)
		}
	}
	if s := err.Error(); strings.Contains(s, "hunter2") || strings.Contains(s, "AKIAHUNTER") {
		t.Errorf("a credential is told: %v", err)
	}
}
