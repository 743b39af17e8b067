package outside

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

var store shared

// S3 returns the location of a fresh, empty bucket for a test, as files.Open
// takes it. It sets the credentials in the environment of the test process,
// where the AWS SDK looks for them.
func S3(t testing.TB) string {
	t.Helper()
	gateway, err := program("versitygw", filepath.Join(folder(), "bin", "versitygw"))
	need(t, "versitygw", err)
	s, n := store.next(t, func() (*server, error) { return startS3(gateway) })
	bucket := fmt.Sprintf("test-%d", n)
	if err := os.Mkdir(filepath.Join(s.folder, buckets, bucket), 0o700); err != nil { // to versitygw, a folder is a bucket
		t.Fatal(err)
	}
	query := url.Values{"endpoint": {"http://" + s.address()}, "region": {region}}
	return "s3://" + bucket + "?" + query.Encode()
}

const (
	region  = "us-east-1"
	buckets = "buckets"
)

func startS3(gateway string) (*server, error) {
	access := rand.Text()
	return settings{
		stop: "TERM",
		prepare: func(s *server) ([]string, error) {
			s.password = rand.Text()
			root, sidecar := filepath.Join(s.folder, buckets), filepath.Join(s.folder, "metadata")
			err := errors.Join(os.Mkdir(root, 0o700), os.Mkdir(sidecar, 0o700),
				os.Setenv("AWS_ACCESS_KEY_ID", access), os.Setenv("AWS_SECRET_ACCESS_KEY", s.password))
			// The guard's children have our environment, and with it what cannot be seen in a list of processes.
			err = errors.Join(err, os.Setenv("ROOT_ACCESS_KEY_ID", access), os.Setenv("ROOT_SECRET_ACCESS_KEY", s.password))
			return []string{gateway, "--port", s.address(), "--region", region, "--health", "/health", "--quiet", "posix", "--sidecar", sidecar, root}, err
		},
		ready: func(s *server) bool {
			client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // leaves no goroutine behind
			answer, err := client.Get("http://" + s.address() + "/health")
			if err != nil {
				return false
			}
			return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
		},
	}.start()
}
