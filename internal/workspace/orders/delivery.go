package orders

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/post"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// FulfilOptions say how an order leaves.
type FulfilOptions struct {
	Date     repertoire.Date // "" is today
	Tracking string          // of the parcel
	// Recipient is the name that digital copies bear, "" the buyer's.
	Recipient string
	// Folder takes the digital copies and the e-mail draft; "" is the
	// workspace's folder of the order.
	Folder string
}

// Fulfilled is what leaving came to.
type Fulfilled struct {
	Order order.Order `json:"order"`
	// Files were written: digital copies, then the e-mail draft.
	Files []string `json:"files"`
	// Low are the editions whose stock is too low now.
	Low []order.Level `json:"low"`
}

// Fulfil delivers an order: digital copies that bear the buyer's name are made
// with their checksums and an e-mail draft, paper copies leave the stock. When
// anything is refused the order, the stock and the folder stay as they were.
func (room *Room) Fulfil(ctx context.Context, ref string, opt FulfilOptions, progress base.Progress) (done Fulfilled, err error) {
	defer func() { err = base.Stopped(err) }()
	// One at a time: a second press must find the order delivered, not write
	// over the files of the first.
	room.delivering.Lock()
	defer room.delivering.Unlock()
	o, err := room.Get(ctx, ref)
	if err != nil {
		return done, err
	}
	on, err := room.dayOf(opt.Date, "livraison")
	if err != nil {
		return done, err
	}
	if on.Before(o.Date) {
		return done, repertoire.Refuse("La livraison ne peut pas être datée du %s, avant la commande du %s. Rien n’a été changé.",
			on.Field(), o.Date.Field())
	}
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return done, err
	}
	if err := s.RefuseClosed(on); err != nil {
		return done, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Livraison de la commande "+o.Number())
	if err := o.Advance(order.Shipped, c.At, room.base.Author(), opt.Tracking); err != nil {
		return done, err
	}
	o.Delivered, o.Tracking = on, opt.Tracking
	for _, m := range o.Takes(on) {
		if err := base.Put(&c, m, 0); err != nil {
			return done, err
		}
	}
	files, err := room.copies(ctx, &o, s.Seller, opt, c, progress)
	if err != nil {
		return done, err
	}
	if done.Files, err = files.write(); err == nil {
		done.Order, err = room.save(ctx, &c, &o)
	}
	if err != nil {
		// Another window may have delivered it meanwhile: files of these names
		// are then its own.
		if now, again := room.Get(context.WithoutCancel(ctx), ref); again == nil && now.Delivered == "" {
			files.discard()
		}
		return Fulfilled{}, err
	}
	levels, err := room.Stock(ctx)
	done.Low = []order.Level{}
	for _, l := range levels {
		if l.Low && o.OnPaper()[l.Edition.ID] > 0 {
			done.Low = append(done.Low, l)
		}
	}
	return done, err
}

// delivery is the files of a digital delivery, about to be written.
type delivery struct {
	folder string
	names  []string
	data   [][]byte
	wrote  []string
	made   bool // the folder is ours
}

// copies makes the digital copies of an order and the draft that goes with them.
func (room *Room) copies(ctx context.Context, o *order.Order, seller order.Seller, opt FulfilOptions, c repertoire.Change,
	progress base.Progress) (*delivery, error) {
	out := &delivery{folder: opt.Folder}
	editions := o.Editions(order.Digital)
	if len(editions) == 0 {
		return out, nil
	}
	if out.folder == "" {
		out.folder = filepath.Join(room.base.Dir(), store.OrdersFolder, o.Number())
	}
	recipient := cmp.Or(opt.Recipient, o.Buyer.Name)
	var attachments []post.Attachment
	for _, e := range editions {
		data, err := room.shelf.copyFor(ctx, e.ID, recipient, progress)
		if err != nil {
			return out, err
		}
		sum := sha256.Sum256(data)
		name := fileName(e.Directory+"-"+e.Label+"-"+o.Number()) + ".pdf"
		out.names, out.data = append(out.names, name), append(out.data, data)
		o.Copies = append(o.Copies, order.Copy{Edition: e.ID, Recipient: recipient, File: name, SHA256: hex.EncodeToString(sum[:]),
			Bytes: int64(len(data)), At: c.At.UTC()})
		attachments = append(attachments, post.Attachment{Name: name, Type: paper.PDF, Data: data})
	}
	if o.Buyer.Email == "" {
		return out, nil // nobody to write to: the files are handed over otherwise
	}
	draft, err := paper.Draft(seller, o, c.At, attachments)
	if err != nil {
		return out, err
	}
	out.names, out.data = append(out.names, fileName(o.Number())+".eml"), append(out.data, draft)
	return out, nil
}

// write puts the files in their folder, and gives their paths.
func (f *delivery) write() ([]string, error) {
	if len(f.names) == 0 {
		return []string{}, nil
	}
	if _, err := os.Stat(f.folder); os.IsNotExist(err) {
		f.made = true
	}
	if err := os.MkdirAll(f.folder, 0o700); err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: f.folder, Err: err,
			Message: "Le dossier « " + f.folder +
				" » ne peut pas être créé : la commande n’a pas changé. Choisissez-en un où vous pouvez écrire."}
	}
	for i, name := range f.names {
		path := filepath.Join(f.folder, name)
		if err := base.WriteWhole(path, f.data[i]); err != nil {
			return nil, err
		}
		f.wrote = append(f.wrote, path)
	}
	return f.wrote, nil
}

// discard takes back what write wrote.
func (f *delivery) discard() {
	for _, path := range f.wrote {
		_ = os.Remove(path)
	}
	if f.made {
		_ = os.Remove(f.folder) // stays when somebody else put something in
	}
}

// Stock lists what is left of each edition on paper.
func (room *Room) Stock(ctx context.Context) ([]order.Level, error) {
	s, err := room.base.Store.SalesSettings(ctx)
	if err != nil {
		return nil, err
	}
	movements, err := room.base.Store.Movements(ctx, "")
	if err != nil {
		return nil, err
	}
	orders, err := room.base.Store.Orders(ctx, Waiting)
	if err != nil {
		return nil, err
	}
	return order.Levels(movements, orders, s.LowStock), nil
}

// Move notes paper copies that came or went: a print run, a count, a loss.
func (room *Room) Move(ctx context.Context, edition string, quantity int, cause order.Cause, note string) (order.Level, error) {
	e, err := room.shelf.frozen(ctx, edition)
	if err != nil {
		return order.Level{}, err
	}
	m := order.Movement{ID: repertoire.NewID(), Edition: e, Quantity: quantity, Cause: cause, Date: room.today(), Note: note}
	if err := m.Check(); err != nil {
		return order.Level{}, err
	}
	c := room.base.Change(repertoire.CauseEdit, "Stock de "+e.Name()+" : "+order.Causes.Label(cause))
	if err := base.Put(&c, &m, 0); err != nil {
		return order.Level{}, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return order.Level{}, err
	}
	levels, err := room.Stock(ctx)
	for _, l := range levels {
		if l.Edition.ID == e.ID {
			return l, err
		}
	}
	return order.Level{Edition: e}, err
}

// Movements lists the stock movements, oldest first.
func (room *Room) Movements(ctx context.Context) ([]order.Movement, error) {
	return room.base.Store.Movements(ctx, "")
}

// fileName makes a name that every system takes: "senegal-septembre-2026".
func fileName(s string) string {
	words := strings.FieldsFunc(repertoire.Fold(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(words, "-")
}
