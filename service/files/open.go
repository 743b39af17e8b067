package files

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/s3blob"
	"gocloud.dev/gcerrors"
)

// reach is how long opening may take to find out that a store can be used.
const reach = 20 * time.Second

// place is where a store keeps its blobs, as it may be told to a person: it
// holds no credential.
type place struct {
	// folder is the local folder, or empty.
	folder string
	// bucket and endpoint are those of S3; an empty endpoint is Amazon's own.
	bucket, endpoint string
}

func (p place) String() string {
	switch {
	case p.folder != "":
		return "the folder " + p.folder
	case p.endpoint != "":
		return fmt.Sprintf("the bucket %q at %s", p.bucket, p.endpoint)
	}
	return fmt.Sprintf("the bucket %q", p.bucket)
}

// trouble says what could not be done, where, why, and what to check.
func (p place) trouble(verb string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	check := "that it exists and belongs to the service's user, and that the disk is neither full nor read-only"
	if p.folder == "" {
		check = "that the server runs, the endpoint, the region and the bucket's name, and the credentials in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)"
	}
	return fmt.Errorf("cannot %s in %s: %w; check %s", verb, p, err, check)
}

// prefixes are what to list one after the other. A local folder is walked anew
// for every page of a listing: a folder at a time, a page is short.
func (p place) prefixes() []string {
	if p.folder == "" {
		return []string{""}
	}
	all := make([]string, 0, 256)
	for i := range 256 {
		all = append(all, fmt.Sprintf("%02x/", i))
	}
	return all
}

// Open opens the store at a location and sees that it can be written and read.
// A location is a folder, which is made if it is missing, or the address of a
// bucket: s3://bucket?region=R&endpoint=URL, with the further parameters that
// gocloud.dev knows. Credentials come from the environment, as for every tool
// of the AWS SDK.
func Open(ctx context.Context, location string, o Options) (*Store, error) {
	bucket, where, err := open(ctx, location)
	if err != nil {
		return nil, err
	}
	s := &Store{bucket: bucket, place: where, cache: newCache(cmp.Or(o.Cache, 64<<20)), called: o.Called}
	ctx, cancel := context.WithTimeout(ctx, reach)
	defer cancel()
	if err := s.Check(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func open(ctx context.Context, location string) (*blob.Bucket, place, error) {
	scheme, rest, ok := strings.Cut(location, "://")
	switch {
	case location == "":
		return nil, place{}, errors.New("no place for files: expected a folder or s3://BUCKET?region=REGION&endpoint=URL")
	case !ok:
		return openFolder(location)
	case scheme == "file" && filepath.IsAbs(rest):
		return openFolder(filepath.FromSlash(rest))
	case scheme == "s3":
		return openBucket(ctx, location)
	}
	// The location is not repeated: it may hold a password.
	return nil, place{}, fmt.Errorf("cannot keep files at an address of the kind %q: expected a folder, file:///FOLDER or s3://BUCKET?region=REGION&endpoint=URL", scheme)
}

func openBucket(ctx context.Context, location string) (*blob.Bucket, place, error) {
	u, err := url.Parse(location)
	if err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, place{}, errors.New("the address of the bucket for files cannot be read: expected s3://BUCKET?region=REGION&endpoint=URL")
	}
	query := u.Query()
	endpoint, err := url.Parse(query.Get("endpoint"))
	if err != nil {
		return nil, place{}, errors.New("the endpoint of the bucket for files cannot be read: expected an address such as https://s3.example.org")
	}
	if u.User != nil || endpoint.User != nil {
		return nil, place{}, errors.New("the address of the bucket for files holds a user or a password: take it out, and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")
	}
	where := place{bucket: u.Host}
	if !query.Has("response_checksum_validation") { // we verify the digest; many servers send no checksum, and the SDK would log that
		query.Set("response_checksum_validation", "when_required")
	}
	if endpoint.Host != "" {
		where.endpoint = endpoint.Scheme + "://" + endpoint.Host
		if !query.Has("use_path_style") && !query.Has("s3ForcePathStyle") {
			query.Set("use_path_style", "true") // few servers but Amazon's have a host name for each bucket
		}
	}
	u.RawQuery = query.Encode()
	bucket, err := new(s3blob.URLOpener).OpenBucketURL(ctx, u)
	if err != nil {
		// Said without the error: it repeats the address, and with it what somebody may have put there.
		return nil, place{}, fmt.Errorf("%s cannot be opened (%s): expected s3://BUCKET?region=REGION&endpoint=URL, with parameters of gocloud.dev's s3blob only", where, gcerrors.Code(err))
	}
	return bucket, where, nil
}
