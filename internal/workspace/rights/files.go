package rights

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"mime"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/whole"
	"repertoire/internal/workspace/base"
	"repertoire/internal/workspace/records"
)

// filesNaming lists the files of deliveries that name a person: the copies made
// for them, and every draft of a message that names them or was written for an
// order that does. No law has these kept; the invoice is kept in the base.
func (room *Room) filesNaming(ctx context.Context, p *repertoire.Person) ([]string, error) {
	sold := map[string]order.Order{}
	see := func(b store.Body) error {
		if b.Aggregate != repertoire.AggOrder {
			return ctx.Err()
		}
		var o order.Order
		if json.Unmarshal(b.JSON, &o) == nil && namesPerson(p, b) {
			sold[o.Number()] = o
		}
		return ctx.Err()
	}
	if err := room.base.Store.EachBody(ctx, see); err != nil {
		return nil, base.Stopped(err)
	}
	out := []string{}
	err := filepath.WalkDir(filepath.Join(room.base.Dir(), store.OrdersFolder), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		o, known := sold[filepath.Base(filepath.Dir(path))]
		switch {
		case p.In(d.Name()), known && strings.HasSuffix(path, ".eml"), known && copyFor(p, o, d.Name()):
			out = append(out, path)
			return ctx.Err()
		}
		raw, err := os.ReadFile(path)
		if err == nil && p.In(readable(raw)) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		return nil, repertoire.Fault(err, "Le dossier des livraisons n’est pas lisible ; rien n’a été effacé.")
	}
	return out, nil
}

// copyFor tells whether a file is a copy that bears the person's name, or the
// name of a buyer who is the person.
func copyFor(p *repertoire.Person, o order.Order, name string) bool {
	for _, c := range o.Copies {
		if c.File == name && (p.In(c.Recipient) || p.In(o.Buyer.Name)) {
			return true
		}
	}
	return false
}

var encodedBlock = regexp.MustCompile(`(?:[A-Za-z0-9+/]{60,}\r?\n)+[A-Za-z0-9+/=]*`)

// readable gives the words of a draft, whatever its parts are encoded in; of
// other files, their bytes.
func readable(raw []byte) string {
	var out strings.Builder
	out.Write(raw)
	words := new(mime.WordDecoder)
	for _, line := range bytes.Split(raw, []byte("\n")) {
		if bytes.Contains(line, []byte("=?")) {
			if s, err := words.DecodeHeader(string(line)); err == nil {
				out.WriteString("\n" + s)
			}
		}
	}
	var plain bytes.Buffer
	if _, err := plain.ReadFrom(quotedprintable.NewReader(bytes.NewReader(raw))); err == nil {
		out.WriteString("\n" + plain.String())
	}
	for _, block := range encodedBlock.FindAll(raw, -1) {
		if s, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(string(block))); err == nil {
			out.WriteString("\n")
			out.Write(s)
		}
	}
	return out.String()
}

// removed removes files, and the folders they leave empty.
func removed(files []string) ([]string, error) {
	out := []string{}
	for _, path := range files {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return out, repertoire.Fault(err,
				"L’effacement est fait dans la base, mais le fichier « %s » n’a pas pu être supprimé : supprimez-le.", path)
		}
		out = append(out, path)
		_ = os.Remove(filepath.Dir(path)) // stays when something else is in it
	}
	return out, nil
}

// eraseDrafts takes a person out of what was typed and not saved on this
// machine.
func (room *Room) eraseDrafts(p *repertoire.Person, words store.Words) error {
	dir, err := room.records.DraftFolder()
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return repertoire.Fault(err, "Les brouillons ne sont pas lisibles.")
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		var d records.KeptDraft
		if err != nil || json.Unmarshal(raw, &d) != nil {
			continue // one that cannot be read is offered to nobody
		}
		for _, x := range []*repertoire.Partnership{&d.Saved, &d.Now} {
			var kept []repertoire.Contact
			for _, c := range x.Contacts {
				if !words.Person(c) {
					kept = append(kept, c)
				}
			}
			x.Contacts = kept
			repertoire.DeclaredPartnership.Texts(x, func(t repertoire.TextAt) {
				if t.Field.Named() {
					*t.Text = p.Without(*t.Text)
				}
			})
		}
		next, err := json.Marshal(d)
		if err == nil && !bytes.Equal(next, raw) {
			err = whole.Write(path, next, 0o600)
		}
		if err != nil {
			return repertoire.Fault(err, "L’effacement est fait dans la base, mais un brouillon n’a pas pu être réécrit.")
		}
	}
	return nil
}
