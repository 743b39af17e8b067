//go:build linux || darwin

package main

import "golang.org/x/sys/unix"

// free is what a user without privileges can still write on the disk of a folder.
func free(folder string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}
