package exchange

import (
	"context"
)

// each gives the rows of the table, the French side on its own side.
func (p *planner) each(ctx context.Context, yield func(TableRow) error) error {
	own, other := p.at[FieldOwnCountry], p.at[FieldCountry]
	if len(own) != 1 || len(other) != 1 || len(p.at[FieldFrench]) != 1 || len(p.at[FieldForeign]) != 1 {
		return p.unfolded(ctx, yield)
	}
	return p.unfolded(ctx, func(row TableRow) error {
		if p.isCountry(row.Cells[own[0]], false) && p.isCountry(row.Cells[other[0]], true) {
			p.turn(row)
		}
		return yield(row)
	})
}

// unfolded gives the rows of the table, one for each partnership they say.
func (p *planner) unfolded(ctx context.Context, yield func(TableRow) error) error {
	if p.wide == nil {
		return p.rowsAhead(ctx, yield)
	}
	return p.rowsAhead(ctx, func(row TableRow) error {
		for _, one := range p.wide.rows(row) {
			if err := yield(one); err != nil {
				return err
			}
		}
		return nil
	})
}

// isCountry tells whether a cell says France, or another country.
func (p *planner) isCountry(cell string, france bool) bool {
	cell = oneLine(cell)
	if cell == "" {
		return false
	}
	iso, ok := p.resolver.Country(cell)
	return ok && (iso == "FR") == france
}

// otherSide pairs the columns of the two sides; what only one side may give is
// left blank when a row is turned round.
var otherSide = [][2]Field{{FieldFrench, FieldForeign}, {FieldOwnCountry, FieldCountry}, {FieldRegion, FieldForeignRegion},
	{FieldLevel, FieldForeignLevel}, {FieldINSEE, ""}, {FieldSIREN, ""}, {FieldPostal, ""}, {FieldDepartement, ""},
	{FieldForeignNative, ""},
	{FieldLatitude, ""}, {FieldLongitude, ""}, {FieldPopulation, ""}}

// turn exchanges the two sides of a row whose French authority stands on the
// other one: « Germany;Mainz;France;Dijon » in a list of both orders.
func (p *planner) turn(row TableRow) {
	swap := func(a, z Field) {
		switch i, j := p.at[a], p.at[z]; {
		case len(i) == 1 && len(j) == 1:
			row.Cells[i[0]], row.Cells[j[0]] = row.Cells[j[0]], row.Cells[i[0]]
		case len(i) == 1:
			row.Cells[i[0]] = ""
		case len(j) == 1:
			row.Cells[j[0]] = ""
		}
	}
	for _, pair := range otherSide {
		swap(pair[0], pair[1])
	}
	for _, part := range []Field{partName, partRole, partEmail, partPhone} {
		swap(contactSlots[0].prefix+part, contactSlots[2].prefix+part)
		swap(contactSlots[1].prefix+part, contactSlots[3].prefix+part)
	}
	p.once("turned", row.Number, KindShape,
		"Les deux côtés de certaines lignes, à partir de celle-ci, sont dans l’ordre inverse des autres : la collectivité française y est remise du côté français.")
}
