package text

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/go-text/typesetting/font/opentype"
)

// directory is a font file's list of tables (OpenType, "Table Directory").
type directory struct {
	file    io.ReaderAt
	size    int64
	header  [12]byte
	records []tableRecord
}

type tableRecord struct {
	tag            string
	raw            [16]byte
	offset, length uint32
}

func u16(b []byte) uint16 { return binary.BigEndian.Uint16(b) }
func i16(b []byte) int16  { return int16(binary.BigEndian.Uint16(b)) }
func u32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

func readDirectory(r io.ReaderAt, size int64) (*directory, error) {
	d := &directory{file: r, size: size}
	if err := d.read(d.header[:], 0); err != nil {
		return nil, fmt.Errorf("table directory: %w", err)
	}
	switch v := string(d.header[:4]); v {
	case "\x00\x01\x00\x00", "true":
	case "OTTO":
		return nil, fmt.Errorf("CFF outlines: only TrueType outlines can be embedded")
	case "ttcf":
		return nil, fmt.Errorf("a font collection: one font per file is expected")
	case "wOFF", "wOF2":
		return nil, fmt.Errorf("a web font: unpack it to TrueType first")
	default:
		return nil, fmt.Errorf("not a TrueType font: it begins with % x", v)
	}
	list := make([]byte, 16*int(u16(d.header[4:])))
	if err := d.read(list, 12); err != nil {
		return nil, fmt.Errorf("table directory: %w", err)
	}
	for ; len(list) > 0; list = list[16:] {
		t := tableRecord{tag: string(list[:4]), raw: [16]byte(list), offset: u32(list[8:]), length: u32(list[12:])}
		if int64(t.offset)+int64(t.length) > size {
			return nil, fmt.Errorf("table %s ends at byte %d of a file of %d", t.tag, int64(t.offset)+int64(t.length), size)
		}
		d.records = append(d.records, t)
	}
	return d, nil
}

// read fills b from the file at offset at.
func (d *directory) read(b []byte, at int64) error {
	if at+int64(len(b)) > d.size {
		return io.ErrUnexpectedEOF
	}
	if n, err := d.file.ReadAt(b, at); n < len(b) {
		return err
	}
	return nil
}

func (d *directory) find(tag string) (tableRecord, bool) {
	i := slices.IndexFunc(d.records, func(t tableRecord) bool { return t.tag == tag })
	if i < 0 {
		return tableRecord{}, false
	}
	return d.records[i], true
}

// table reads a table that must have at least the given number of bytes.
func (d *directory) table(tag string, least int) ([]byte, error) {
	t, ok := d.find(tag)
	if !ok {
		return nil, fmt.Errorf("table %s is missing", tag)
	}
	if int64(t.length) < int64(least) {
		return nil, fmt.Errorf("table %s has %d bytes, want %d or more", tag, t.length, least)
	}
	b := make([]byte, t.length)
	if err := d.read(b, int64(t.offset)); err != nil {
		return nil, fmt.Errorf("table %s: %w", tag, err)
	}
	return b, nil
}

// optional reads a table that may be missing: nil.
func (d *directory) optional(tag string) ([]byte, error) {
	if _, ok := d.find(tag); !ok {
		return nil, nil
	}
	return d.table(tag, 0)
}

// loader presents the file to go-text as if it had only the given tables.
func (d *directory) loader(tags []string) (*opentype.Loader, error) {
	head := slices.Clone(d.header[:])
	n := uint16(0)
	for _, t := range d.records {
		if slices.Contains(tags, t.tag) {
			head = append(head, t.raw[:]...)
			n++
		}
	}
	binary.BigEndian.PutUint16(head[4:], n)
	return opentype.NewLoader(io.NewSectionReader(overlay{head, d.file}, 0, d.size))
}

// overlay reads as the file below it, with other bytes at the start.
type overlay struct {
	head []byte
	file io.ReaderAt
}

func (o overlay) ReadAt(b []byte, at int64) (int, error) {
	n, err := o.file.ReadAt(b, at)
	if at < int64(len(o.head)) {
		copy(b[:n], o.head[at:])
	}
	return n, err
}

// postScriptName finds name 6 in the table name: the Windows or Unicode record,
// else the Macintosh one. It is "" if there is none.
func postScriptName(t []byte) string {
	if len(t) < 6 {
		return ""
	}
	text, mac := int(u16(t[4:])), ""
	for r := t[6:]; len(r) >= 12 && len(t)-len(r) < text; r = r[12:] {
		platform, id, length, at := u16(r), u16(r[6:]), int(u16(r[8:])), text+int(u16(r[10:]))
		if id != 6 || at+length > len(t) {
			continue
		}
		b := t[at : at+length]
		if platform == 1 {
			mac = plainName(string(b))
			continue
		}
		u := make([]uint16, length/2)
		for i := range u {
			u[i] = u16(b[2*i:])
		}
		if s := plainName(string(utf16.Decode(u))); s != "" {
			return s
		}
	}
	return mac
}

// plainName keeps what a PostScript name may hold (OpenType, name 6): printable
// ASCII without delimiters. The result needs no escaping in a PDF.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' || strings.ContainsRune("[](){}<>/%#", r) {
			return -1
		}
		return r
	}, s)
}
