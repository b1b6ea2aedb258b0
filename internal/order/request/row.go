package request

import (
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// Item is a thing asked for, in the words of the request.
type Item struct {
	Edition  string // "" when the request does not say
	Format   order.Format
	Quantity int
	Price    *order.Cents
	Discount order.Rate
}

// Draft is a request read.
type Draft struct {
	Buyer      order.Buyer
	Items      []Item
	Commitment string
	Reference  string
	Note       string
	Date       repertoire.Date
	// Remarks are what was read with a doubt.
	Remarks []string
	// Key is the same for the same request read again, whatever the columns' order.
	Key string
}

// Read makes a draft of a row. Columns of no field are kept in the note; counts
// are the columns that count copies of one edition.
func Read(headings []string, fields []Field, counts map[int]Item, cells []string, format order.Format) (Draft, error) {
	var d Draft
	r := row{fields: fields, cells: cells}
	b := &d.Buyer
	b.Name, b.SIREN, b.SIRET, b.VATNumber = r.text(Name), r.text(SIREN), r.text(SIRET), r.text(VATNumber)
	b.Contact, b.Email, b.Phone, b.ServiceCode = r.text(Contact), r.text(Email), r.text(Phone), r.text(Service)
	b.Billing = order.Address{Lines: r.lines(Street), PostCode: r.text(PostCode), City: r.text(City), Country: r.text(Country)}
	b.Delivery = order.Address{Lines: r.lines(ShipStreet), PostCode: r.text(ShipCode), City: r.text(ShipCity), Country: r.text(ShipLand)}
	if b.Delivery.IsZero() {
		b.Delivery = order.Address{}
	}
	b.Member = yes(r.text(Member))
	d.Commitment, d.Reference, d.Note = r.text(Commitment), r.text(Reference), strings.Join(r.lines(Note), "\n")
	d.dated(r.text(Date))
	if err := d.items(r, counts, format); err != nil {
		return d, err
	}
	d.others(headings, r, counts)
	d.Key = r.key(counts)
	return d, nil
}

func (d *Draft) dated(text string) {
	if text == "" {
		return
	}
	day, _, _ := strings.Cut(strings.ReplaceAll(text, "T", " "), " ")
	for _, s := range []string{text, day} {
		if on, err := repertoire.ParseDate(s); err == nil && len(on) == 10 {
			d.Date = on
			return
		}
	}
	d.Remarks = append(d.Remarks, "date illisible (« "+text+" ») : celle d’aujourd’hui est prise")
	d.Note = strings.TrimSpace(d.Note + "\nDate de la demande : " + text)
}

// items reads what is asked for.
func (d *Draft) items(r row, counts map[int]Item, format order.Format) error {
	for i := range r.cells {
		it, ok := counts[i]
		if !ok || strings.TrimSpace(r.cells[i]) == "" {
			continue
		}
		n, err := quantity(r.cells[i])
		if err != nil {
			return err
		}
		if it.Quantity = n; it.Format == "" {
			it.Format = format
		}
		if n > 0 {
			d.Items = append(d.Items, it)
		}
	}
	if len(d.Items) > 0 {
		return nil
	}
	one := Item{Edition: strings.TrimSpace(r.text(Edition)), Quantity: 1}
	var err error
	if s := r.text(Quantity); s != "" {
		if one.Quantity, err = quantity(s); err != nil {
			return err
		}
	}
	if s := r.text(Price); s != "" {
		c, err := order.ParseCents(s)
		if err != nil {
			return err
		}
		one.Price = &c
	}
	if s := r.text(Discount); s != "" {
		if one.Discount, err = order.ParseRate(s); err != nil {
			return err
		}
	}
	formats, err := Formats(r.text(Format), format)
	if err != nil {
		return err
	}
	for _, f := range formats {
		it := one
		it.Format = f
		d.Items = append(d.Items, it)
		if yes(r.text(Standing)) && one.Quantity > 0 {
			d.Buyer.Standing = append(d.Buyer.Standing, order.Standing{Format: f, Quantity: one.Quantity})
		}
	}
	return nil
}

// Formats reads what a request calls its format; both may be wanted.
func Formats(text string, otherwise order.Format) ([]order.Format, error) {
	key := " " + Key(text) + " "
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(key, w) })
	}
	paper := has("papier", "paper", "imprime", "print", "broche", "relie")
	digital := has("numerique", "digital", "pdf", "electronique", "dematerialise", "fichier")
	if has(" les deux ", " both ", " 2 formats ") {
		paper, digital = true, true
	}
	var out []order.Format
	if paper {
		out = append(out, order.Paper)
	}
	if digital {
		out = append(out, order.Digital)
	}
	switch {
	case out != nil:
		return out, nil
	case strings.TrimSpace(key) == "":
		return []order.Format{otherwise}, nil
	}
	return nil, repertoire.Refuse("« %s » n’est pas un format : papier, numérique ou les deux.", text)
}

func quantity(s string) (int, error) {
	key := strings.Fields(Key(s))
	if len(key) > 0 {
		if n, err := strconv.Atoi(key[0]); err == nil && !strings.ContainsAny(s, "-−,.") {
			return n, nil
		}
	}
	return 0, repertoire.Refuse("« %s » n’est pas une quantité : écrivez un nombre entier.", s)
}

func yes(s string) bool {
	return slices.Contains([]string{"oui", "o", "x", "vrai", "true", "yes", "y", "1", "adherent", "membre"}, Key(s))
}

// others keeps in the note what stands in columns of no field.
func (d *Draft) others(headings []string, r row, counts map[int]Item) {
	for i, c := range r.cells {
		if _, counted := counts[i]; counted || i >= len(headings) || r.fields[i] != "" || strings.TrimSpace(c) == "" {
			continue
		}
		d.Note = strings.TrimSpace(d.Note + "\n" + headings[i] + " : " + strings.Join(strings.Fields(c), " "))
	}
}

// row reads cells by their field.
type row struct {
	fields []Field
	cells  []string
}

// text gives the cells of a field on one line.
func (r row) text(f Field) string { return strings.Join(r.lines(f), " ") }

// lines gives the lines of all cells of a field.
func (r row) lines(f Field) []string {
	var out []string
	for i, c := range r.cells {
		if i >= len(r.fields) || r.fields[i] != f {
			continue
		}
		for l := range strings.Lines(c) {
			if l = strings.TrimSpace(l); l != "" {
				out = append(out, l)
			}
		}
	}
	return out
}

func (r row) key(counts map[int]Item) string {
	var out []string
	for i, c := range r.cells {
		if c = strings.Join(strings.Fields(c), " "); c == "" || i >= len(r.fields) {
			continue
		}
		if it, ok := counts[i]; ok {
			out = append(out, "copies:"+it.Edition+":"+string(it.Format)+"="+c)
		} else if r.fields[i] != "" && r.fields[i] != Note {
			out = append(out, string(r.fields[i])+"="+c)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}
