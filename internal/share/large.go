package share

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"repertoire/internal/repertoire"
)

// largeRow is from how many bytes on, packed, the ops of a row are handed over
// one by one: some two megabytes of them.
const largeRow = 256 << 10

// largeDeletions is how many deletions a row may hold that is handed over so: one
// of more is shown to a person first, who looks at all of it.
const largeDeletions = 2

// large reads the ops of a large row one after the other, and makes sure before
// that they are those that were sent; nil when the row must be read whole.
func large(packed, sum []byte) (iter.Seq2[repertoire.Op, error], error) {
	hash := sha256.New()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		_, err = io.Copy(hash, io.LimitReader(r, opsLimit))
	}
	if err != nil {
		return nil, damaged(err)
	}
	if !bytes.Equal(hash.Sum(nil), sum) {
		return nil, damaged(errors.New("ops differ from their sum"))
	}
	each := eachOp(packed)
	deletions := 0
	for op, err := range each {
		if err != nil {
			return nil, err
		}
		if op.After == nil {
			deletions++
		}
		if deletions > largeDeletions {
			return nil, nil
		}
	}
	return each, nil
}

func eachOp(packed []byte) iter.Seq2[repertoire.Op, error] {
	return func(yield func(repertoire.Op, error) bool) {
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			yield(repertoire.Op{}, damaged(err))
			return
		}
		dec := json.NewDecoder(io.LimitReader(r, opsLimit))
		if _, err := dec.Token(); err != nil { // the list begins
			yield(repertoire.Op{}, damaged(err))
			return
		}
		for dec.More() {
			var op repertoire.Op
			if err := dec.Decode(&op); err != nil {
				yield(op, damaged(err))
				return
			}
			if !yield(op, nil) {
				return
			}
		}
	}
}

// packEach writes ops as encode does, gzipped as they come, and gives the sum of
// what was packed.
func packEach(ops []repertoire.Op) (packed, sum []byte, err error) {
	var zip bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&zip)
	hash := sha256.New()
	both := bufio.NewWriter(io.MultiWriter(w, hash))
	_ = both.WriteByte('[') // its error stays until Flush
	for i := range ops {
		one, err := encode(ops[i])
		if err != nil {
			return nil, nil, err
		}
		if i > 0 {
			_ = both.WriteByte(',')
		}
		_, _ = both.Write(bytes.TrimSuffix(one, []byte{'\n'}))
	}
	_, _ = both.WriteString("]\n")
	if err := errors.Join(both.Flush(), w.Close()); err != nil {
		return nil, nil, err
	}
	return zip.Bytes(), hash.Sum(nil), nil
}
