package rights

import (
	"encoding/json"
	"strings"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
)

// keptByLaw tells whether a record stays as it is: invoices and the orders they
// are made of are kept ten years (Code de commerce, art. L. 123-22).
func keptByLaw(a repertoire.Aggregate, body json.RawMessage) bool {
	if a == repertoire.AggInvoice {
		return true
	}
	if a != repertoire.AggOrder {
		return false
	}
	var o struct {
		Invoice string `json:"invoice"`
	}
	return json.Unmarshal(body, &o) == nil && o.Invoice != ""
}

// redacted gives a record without the person. Of a buyer who is the person, the
// street goes too: it names nobody and is theirs all the same.
func redacted(p *repertoire.Person, a repertoire.Aggregate, body json.RawMessage) json.RawMessage {
	if keptByLaw(a, body) {
		return body
	}
	prefix := ""
	if a == repertoire.AggOrder {
		prefix = "buyer."
	}
	theirs := buysAs(p, a, body)
	return store.Declared(a).Strings(body, func(s repertoire.StringAt) string {
		switch at := strings.TrimPrefix(s.Path, prefix); {
		case !s.Field.Named():
			return s.Value
		case theirs && (strings.HasPrefix(at, "billing.") || strings.HasPrefix(at, "delivery.")):
			return repertoire.Erased
		case s.Field != nil && (s.Field.Kind == repertoire.FieldEmail || s.Field.Kind == repertoire.FieldPhone) && p.In(s.Value):
			return "" // no address is left for the next save to refuse
		}
		return p.Without(s.Value)
	})
}

// buysAs tells whether the buyer of a record is the person, not only somebody
// who buys for an institution.
func buysAs(p *repertoire.Person, a repertoire.Aggregate, body json.RawMessage) bool {
	b, ok := buyerOf(a, body)
	return ok && p.In(b.Name)
}

// buyerOf reads the buyer of a record that has one.
func buyerOf(a repertoire.Aggregate, body json.RawMessage) (b order.Buyer, ok bool) {
	switch a {
	case repertoire.AggBuyer:
		return b, json.Unmarshal(body, &b) == nil
	case repertoire.AggOrder, repertoire.AggInvoice:
		var o struct{ Buyer order.Buyer }
		err := json.Unmarshal(body, &o)
		return o.Buyer, err == nil
	}
	return b, false
}
