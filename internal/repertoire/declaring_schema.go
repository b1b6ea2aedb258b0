package repertoire

import (
	"encoding/json"
	"reflect"
)

// SchemaVersion is that of the published schema: it grows when a field goes or
// changes its kind, not when one is added.
const SchemaVersion = 1

// Schema writes the JSON Schema of the export and of the records in it, for the
// programs of others.
func Schema() ([]byte, error) {
	s := schemas{defs: map[string]any{}}
	records := map[string]any{}
	for _, a := range []Aggregate{AggPartnership, AggAuthority, AggDirectory, AggPresentation, AggTheme} {
		records[string(a)] = s.ref(aggregates[a])
	}
	out, err := json.MarshalIndent(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Répertoire", "version": SchemaVersion,
		"description": "Fiches de Répertoire, telles que l’export JSON les écrit : {format, version, authorities, partnerships}.",
		"type":        "object",
		"properties": map[string]any{"format": map[string]any{"const": "repertoire"}, "version": map[string]any{"type": "integer"},
			"authorities":  map[string]any{"type": "array", "items": records[string(AggAuthority)]},
			"partnerships": map[string]any{"type": "array", "items": records[string(AggPartnership)]}},
		"$defs": s.defs,
	}, "", "  ")
	return append(out, '\n'), err
}

type schemas struct{ defs map[string]any }

func (s schemas) ref(d *Declaration) any {
	if _, done := s.defs[d.Name]; !done {
		properties := map[string]any{}
		s.defs[d.Name] = map[string]any{"title": d.Label, "type": "object", "properties": properties, "additionalProperties": false}
		for _, f := range d.Fields {
			one := s.one(f)
			if f.Many {
				one = map[string]any{"type": "array", "items": one}
			}
			if m, ok := one.(map[string]any); ok && m["$ref"] == nil {
				m["title"] = f.Label
			}
			properties[f.Name] = one
		}
	}
	return map[string]any{"$ref": "#/$defs/" + d.Name}
}

// one is the schema of a single value of the field.
func (s schemas) one(f *Field) any {
	text := func(more ...string) any {
		out := map[string]any{"type": "string"}
		for i := 0; i+1 < len(more); i += 2 {
			out[more[i]] = more[i+1]
		}
		return out
	}
	switch f.Kind {
	case FieldGroup:
		return s.ref(f.Of)
	case FieldByKey:
		return map[string]any{"type": "object", "additionalProperties": s.ref(f.Of)}
	case FieldOptions:
		return map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "array", "items": text()}}
	case FieldChoice:
		var values []string
		for _, c := range f.Choices {
			values = append(values, c.Value)
		}
		return map[string]any{"type": "string", "examples": values}
	case FieldDate:
		return text("pattern", `^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$`)
	case FieldMoment:
		return text("format", "date-time")
	case FieldCountry:
		return text("pattern", `^([A-Z]{2})?$`)
	case FieldMarkdown:
		return text("contentMediaType", "text/markdown")
	case FieldFlag:
		return map[string]any{"type": "boolean"}
	case FieldMoney:
		return map[string]any{"type": "object", "properties": map[string]any{"cents": map[string]any{"type": "integer"},
			"currency": text()}}
	case FieldYear:
		return map[string]any{"type": "integer"}
	case FieldNumber, FieldDegrees:
		if k := f.typ.Kind(); k == reflect.Float64 || k == reflect.Pointer {
			return map[string]any{"type": "number"}
		}
		return map[string]any{"type": "integer"}
	}
	return text()
}
