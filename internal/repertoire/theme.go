package repertoire

import "strings"

// Theme is one line of the theme tree: three levels, codes "3", "3.1", "3.1.1".
type Theme struct {
	Code     string `json:"code"`
	Label    string `json:"label"`
	DAC      string `json:"dac,omitempty"` // OECD-DAC purpose code
	DACLabel string `json:"dac_label,omitempty"`
	SDG      int    `json:"sdg,omitempty"` // 1–17
	Source   string `json:"source,omitempty"`
}

// ThemeParent gives the code above: "3.1" for "3.1.1", "" for "3".
func ThemeParent(code string) string {
	i := strings.LastIndexByte(code, '.')
	if i < 0 {
		return ""
	}
	return code[:i]
}

// ThemeUnder tells whether code is ancestor itself or below it.
func ThemeUnder(code, ancestor string) bool {
	return code == ancestor || strings.HasPrefix(code, ancestor+".")
}

// ThemeID is the ID under which the theme of that code is saved.
func ThemeID(code string) ID { return DeriveID("theme:" + code) }
