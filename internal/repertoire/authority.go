package repertoire

// Level says what kind of authority one is. The words are those stored,
// exported and typed after "niveau:".
type Level string

// The levels, French ones first.
const (
	LevelCommune     Level = "commune"
	LevelEPCI        Level = "epci"
	LevelMetropole   Level = "metropole"
	LevelDepartement Level = "departement"
	LevelRegion      Level = "region"
	LevelSyndicat    Level = "syndicat"
	LevelProvince    Level = "province"
	LevelPrefecture  Level = "prefecture"
	LevelState       Level = "etat"
	LevelDistrict    Level = "district"
	// LevelArrondissement is a municipal district of Paris, Lyon or Marseille.
	LevelArrondissement Level = "arrondissement"
	LevelOther          Level = "autre"
)

// Levels lists all levels with their French labels, in the order of forms.
var Levels = Choices[Level]{
	{LevelCommune, "Commune"}, {LevelEPCI, "Intercommunalité"}, {LevelMetropole, "Métropole"},
	{LevelDepartement, "Département"}, {LevelRegion, "Région"}, {LevelSyndicat, "Syndicat"},
	{LevelProvince, "Province"}, {LevelPrefecture, "Préfecture"}, {LevelState, "État fédéré"},
	{LevelDistrict, "District"}, {LevelArrondissement, "Arrondissement"}, {LevelOther, "Autre"},
}

// Authority is a French or foreign local authority.
type Authority struct {
	ID      ID    `json:"id"`
	Version int64 `json:"version"`
	// Name is the usual French name with its article: "Le Havre", "Beyrouth".
	Name string `json:"name"`
	// Article is the official list's typeLiaison (0–8, see names.go), which
	// decides "du Havre", "de La Rochelle", "d’Agen"; -1 when unknown.
	Article     int      `json:"article"`
	NativeName  string   `json:"native_name,omitempty"` // in its own script: "静岡市"
	NativeLang  string   `json:"native_lang,omitempty"` // BCP 47: "ja", "ar", "hy"
	OtherNames  []string `json:"other_names,omitempty"` // former and foreign names: "Tananarive"
	Country     string   `json:"country"`               // ISO 3166-1 alpha-2, "FR" for France
	Level       Level    `json:"level"`
	INSEE       string   `json:"insee,omitempty"` // commune, département or région code
	SIREN       string   `json:"siren,omitempty"`
	Departement string   `json:"departement,omitempty"` // name: "Nord"
	Region      string   `json:"region,omitempty"`      // name, or first-level division abroad
	PostalCodes []string `json:"postal_codes,omitempty"`
	Population  int      `json:"population,omitempty"` // inhabitants, 0 unknown
	Latitude    *float64 `json:"latitude,omitempty"`   // degrees, WGS 84
	Longitude   *float64 `json:"longitude,omitempty"`
	Website     string   `json:"website,omitempty"`
	Email       string   `json:"email,omitempty"`
	Phone       string   `json:"phone,omitempty"`
	Address     string   `json:"address,omitempty"`
	Member      bool     `json:"member,omitempty"`     // adhérent of CUF
	Source      string   `json:"source,omitempty"`     // where the data come from
	Fictitious  bool     `json:"fictitious,omitempty"` // invented for trials, never passed off as real
	Notes       string   `json:"notes,omitempty"`
	// External are the numbers that other houses give to the authority.
	External []External `json:"external,omitempty"`
	// Distinct are authorities that look the same and that somebody found different.
	Distinct []ID `json:"distinct,omitempty"`
}

// French tells whether the authority is a French one (overseas included:
// their Country is "FR" whatever ISO code their territory also has).
func (a *Authority) French() bool { return a.Country == "FR" }

// Located tells whether the authority can be put on a map.
func (a *Authority) Located() bool { return a.Latitude != nil && a.Longitude != nil }
