package text

import (
	"reflect"
	"unsafe"

	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/harfbuzz"
)

// repairDigests mends the lookup filters of go-text v0.3.5. Its setDigest.addRange
// adds nothing once one of the three masks is full, so that a lookup with a
// coverage range of 63 glyphs or more is silently skipped for all later glyphs:
// Russian words lose kerning (go-text issue 278, mended upstream after v0.3.5).
// The fields are not exported, hence the reflection; a later version of the
// library with other fields is left alone. TestLookupFilterOfGoTextStillNeedsRepair
// fails when this file can go.
func repairDigests(f *harfbuzz.Font) {
	face := f.Face()
	accelerators := reflect.ValueOf(f).Elem()
	gsub, gpos := face.GSUB.Lookups, face.GPOS.Lookups
	repairLookups(accelerators.FieldByName("gsubAccels"), len(gsub), func(i, j int) tables.Coverage { return gsub[i].Subtables[j].Cov() })
	repairLookups(accelerators.FieldByName("gposAccels"), len(gpos), func(i, j int) tables.Coverage { return gpos[i].Subtables[j].Cov() })
}

func repairLookups(accelerators reflect.Value, n int, coverage func(lookup, subtable int) tables.Coverage) {
	if accelerators.Kind() != reflect.Slice || accelerators.Len() != n {
		return
	}
	for i := range n {
		a := accelerators.Index(i)
		whole := digestOf(a)
		subtables := a.FieldByName("subtables")
		if whole == nil || subtables.Kind() != reflect.Slice {
			return
		}
		for j := range subtables.Len() {
			d := digestOf(subtables.Index(j))
			if d == nil {
				return
			}
			if c, ok := coverage(i, j).(tables.Coverage2); ok {
				for _, r := range c.Ranges {
					d.add(uint64(r.StartGlyphID), uint64(r.EndGlyphID))
				}
			}
			for k := range d {
				whole[k] |= d[k]
			}
		}
	}
}

// setDigest is go-text's filter: three masks of 64 bits.
type setDigest [3]uint64

// digestOf is the filter of an accelerator, nil if it is not of the known form.
func digestOf(v reflect.Value) *setDigest {
	if v.Kind() != reflect.Struct {
		return nil
	}
	d := v.FieldByName("digest")
	if !d.IsValid() || !d.CanAddr() || d.Kind() != reflect.Array || d.Len() != 3 || d.Index(0).Kind() != reflect.Uint64 {
		return nil
	}
	return (*setDigest)(unsafe.Pointer(d.UnsafeAddr()))
}

// add adds a range of glyphs, as HarfBuzz does.
func (d *setDigest) add(first, last uint64) {
	for k, shift := range [3]uint{4, 0, 6} {
		if last>>shift-first>>shift >= 63 {
			d[k] = ^uint64(0)
			continue
		}
		for x := first >> shift; x <= last>>shift; x++ {
			d[k] |= 1 << (x & 63)
		}
	}
}
