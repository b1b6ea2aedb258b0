package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"repertoire/internal/repertoire"
)

// AnyVersion, as the Version of an Op, says that the writer does not mind what
// is there: the store takes the version and the Before it finds. For imports
// and samples; a form always gives the version it has read.
const AnyVersion int64 = -1

// stampLayout writes times with a fixed width, so that they sort as text.
const stampLayout = "2006-01-02T15:04:05.000Z"

func stamp(t time.Time) string { return t.UTC().Format(stampLayout) }

func parseStamp(s string) time.Time {
	t, err := time.Parse(stampLayout, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// moment drops what a stamp cannot hold: a value read back equals the value saved.
func moment(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Millisecond)
}

// aggregates are all kinds of records in the order in which a change writes
// them: what others refer to comes first.
var aggregates = [...]repertoire.Aggregate{repertoire.AggTheme, repertoire.AggDirectory,
	repertoire.AggAuthority, repertoire.AggPresentation, repertoire.AggPartnership,
	repertoire.AggSales, repertoire.AggBuyer, repertoire.AggOrder, repertoire.AggInvoice, repertoire.AggStock, repertoire.AggList,
	repertoire.AggCampaign, repertoire.AggRequest, repertoire.AggQuestionnaire, repertoire.AggReply}

func rankOf(a repertoire.Aggregate) int {
	for i, x := range aggregates {
		if x == a {
			return i
		}
	}
	return -1
}

// parse reads a record written by a caller. Unknown fields are refused: they
// would be lost without a word.
func parse(a repertoire.Aggregate, raw json.RawMessage) (any, error) {
	return read(a, raw, true)
}

func read(a repertoire.Aggregate, raw json.RawMessage, strict bool) (any, error) {
	var v any
	switch a {
	case repertoire.AggPartnership:
		v = new(repertoire.Partnership)
	case repertoire.AggAuthority:
		v = new(repertoire.Authority)
	case repertoire.AggDirectory:
		v = new(repertoire.Directory)
	case repertoire.AggPresentation:
		v = new(repertoire.Presentation)
	case repertoire.AggTheme:
		v = new(repertoire.Theme)
	default:
		x := newSold(a)
		if x == nil {
			return nil, fmt.Errorf("unknown aggregate %q", a)
		}
		v = x
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if strict {
		d.DisallowUnknownFields()
	}
	if err := d.Decode(v); err != nil {
		return nil, fmt.Errorf("%s: %w", a, err)
	}
	return v, nil
}

// Encode gives the canonical JSON of a record of the domain (a pointer to one
// of the aggregates), without its version: what Op.After expects.
func Encode(record any) (json.RawMessage, error) {
	// A nil pointer one level up hides the version below it from encoding/json.
	switch v := record.(type) {
	case *repertoire.Partnership:
		return marshal(struct {
			*repertoire.Partnership
			Version *int64 `json:"version,omitempty"`
		}{Partnership: tidyPartnership(v)})
	case *repertoire.Authority:
		return marshal(struct {
			*repertoire.Authority
			Version *int64 `json:"version,omitempty"`
		}{Authority: v})
	case *repertoire.Directory:
		d := *v
		if d.Countries == nil {
			d.Countries = []string{}
		}
		return marshal(struct {
			*repertoire.Directory
			Version *int64 `json:"version,omitempty"`
		}{Directory: &d})
	case *repertoire.Presentation:
		return marshal(struct {
			*repertoire.Presentation
			Version *int64 `json:"version,omitempty"`
		}{Presentation: v})
	case *repertoire.Theme:
		return marshal(v)
	case sold:
		return marshal(v)
	}
	return nil, fmt.Errorf("store: %T is no aggregate", record)
}

// marshal leaves < > & as they are: bodies are also read by people, in exports.
func marshal(v any) (json.RawMessage, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// tidyPartnership gives a copy in which equal contents have equal JSON.
func tidyPartnership(p *repertoire.Partnership) *repertoire.Partnership {
	q := *p
	if q.Directories == nil {
		q.Directories = []string{}
	}
	if q.Parties == nil {
		q.Parties = []repertoire.Party{}
	}
	q.Created, q.Updated = moment(q.Created), moment(q.Updated)
	if len(q.Confirmations) > 0 {
		q.Confirmations = make(map[string]repertoire.Confirmation, len(p.Confirmations))
		for field, c := range p.Confirmations {
			c.At = moment(c.At)
			q.Confirmations[field] = c
		}
	}
	return &q
}

// idOf gives the ID a record bears; themes are named by their code.
func idOf(record any) repertoire.ID {
	switch v := record.(type) {
	case *repertoire.Partnership:
		return v.ID
	case *repertoire.Authority:
		return v.ID
	case *repertoire.Directory:
		return v.ID
	case *repertoire.Presentation:
		return v.ID
	case *repertoire.Theme:
		return repertoire.ThemeID(v.Code)
	case sold:
		_, id, _ := v.Record()
		return id
	}
	return ""
}

// Put makes the Op that saves record as version (the one it was read at, 0 for
// a new one, or AnyVersion).
func Put(record any, version int64) (repertoire.Op, error) {
	after, err := Encode(record)
	if err != nil {
		return repertoire.Op{}, err
	}
	return repertoire.Op{Aggregate: aggregateOf(record), ID: idOf(record), Version: version, After: after}, nil
}

// Delete makes the Op that puts a record in the trash.
func Delete(a repertoire.Aggregate, id repertoire.ID, version int64) repertoire.Op {
	return repertoire.Op{Aggregate: a, ID: id, Version: version}
}

func aggregateOf(record any) repertoire.Aggregate {
	switch v := record.(type) {
	case *repertoire.Partnership:
		return repertoire.AggPartnership
	case *repertoire.Authority:
		return repertoire.AggAuthority
	case *repertoire.Directory:
		return repertoire.AggDirectory
	case *repertoire.Presentation:
		return repertoire.AggPresentation
	case *repertoire.Theme:
		return repertoire.AggTheme
	case sold:
		a, _, _ := v.Record()
		return a
	}
	return ""
}

// nameOf gives what a person calls the record in a sentence.
func nameOf(record any) string {
	switch v := record.(type) {
	case *repertoire.Authority:
		return v.Usual()
	case *repertoire.Directory:
		return v.Title
	case *repertoire.Presentation:
		return "Présentation " + v.Country
	case *repertoire.Theme:
		return v.Code + " " + v.Label
	case sold:
		_, _, name := v.Record()
		return name
	}
	return ""
}
