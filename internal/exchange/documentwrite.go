package exchange

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"

	"repertoire/internal/repertoire"
)

// writeJSON writes a Document record by record: its bytes, and its checksum, are
// those of the whole encoded at once.
func writeJSON(w io.Writer, records Records, names Names) error {
	out := documentOut{out: bufio.NewWriter(w), sum: sha256.New()}
	out.sum.Write([]byte(documentSeal))
	head, err := json.Marshal(documentFormat)
	if err != nil {
		return err
	}
	version, err := json.Marshal(documentVersion)
	if err != nil {
		return err
	}
	out.both("{\n  \"format\": ", `{"format":`, head)
	out.both(",\n  \"version\": ", `,"version":`, version)
	out.begin("authorities")
	if err := eachAuthority(records, names, func(a *repertoire.Authority) error {
		b := *a
		b.Notes, b.Version = "", 0
		return out.element(b)
	}); err != nil {
		return err
	}
	out.end()
	out.begin("partnerships")
	for p, err := range records {
		if err != nil {
			return err
		}
		shown := publishable(*p)
		shown.Version = 0 // versions count the saves of one base: another one counts its own
		if err := out.element(shown); err != nil {
			return err
		}
	}
	out.end()
	out.sum.Write([]byte("}"))
	out.out.WriteString(",\n  \"checksum\": \"" + hex.EncodeToString(out.sum.Sum(nil)) + "\"\n}\n")
	return out.out.Flush()
}

// eachAuthority hands over the authorities of records, each once, in the order
// in which they are named.
func eachAuthority(records Records, names Names, do func(*repertoire.Authority) error) error {
	seen := map[repertoire.ID]bool{}
	for p, err := range records {
		if err != nil {
			return err
		}
		for _, q := range p.Parties {
			if seen[q.Authority] {
				continue
			}
			seen[q.Authority] = true
			if a := names.authority(q.Authority); a != nil {
				if err := do(a); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// documentOut writes what people may read, and sums what is compared.
type documentOut struct {
	out   *bufio.Writer
	sum   hash.Hash
	count int
}

func (d *documentOut) both(shown, summed string, value []byte) {
	d.out.WriteString(shown)
	d.out.Write(value)
	d.sum.Write([]byte(summed))
	d.sum.Write(value)
}

func (d *documentOut) begin(list string) {
	d.count = 0
	d.out.WriteString(",\n  \"" + list + "\": [")
	d.sum.Write([]byte(`,"` + list + `":[`))
}

func (d *documentOut) end() {
	if d.count > 0 {
		d.out.WriteString("\n  ")
	}
	d.out.WriteString("]")
	d.sum.Write([]byte("]"))
}

func (d *documentOut) element(v any) error {
	summed, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if d.count > 0 {
		d.out.WriteString(",")
		d.sum.Write([]byte(","))
	}
	d.count++
	d.sum.Write(summed)
	// What people read has its letters as they are.
	var plain, shown bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	if err := json.Indent(&shown, bytes.TrimSuffix(plain.Bytes(), []byte("\n")), "    ", "  "); err != nil {
		return err
	}
	d.out.WriteString("\n    ")
	_, err = d.out.Write(shown.Bytes())
	return err
}
