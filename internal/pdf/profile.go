package pdf

import (
	"errors"
	"regexp"
	"strings"

	"repertoire/internal/picture/icc"
	"repertoire/internal/repertoire"
)

// Check refuses, in a sentence, a profile that is damaged or not that of a
// four-colour press: to be asked before a book is composed for it.
func (p Profile) Check() error {
	_, err := Options{Profile: p}.converter()
	return err
}

// converter opens the profile of the press.
func (o Options) converter() (*icc.Converter, error) {
	if len(o.Profile.Data) == 0 {
		return nil, nil
	}
	if o.InkLimit <= 0 {
		o.InkLimit = defaultInkLimit
	}
	p, err := icc.Parse(o.Profile.Data)
	if err == nil {
		var c *icc.Converter
		if c, err = icc.NewConverter(p, o.InkLimit); err == nil {
			return c, nil
		}
	}
	name := ""
	if o.Profile.Name != "" {
		name = " « " + o.Profile.Name + " »"
	}
	if errors.Is(err, icc.ErrUnsuitable) {
		return nil, repertoire.Damage("", err,
			"Le profil colorimétrique%s n'est pas celui d'une presse en quadrichromie (CMJN) : choisissez le profil donné par l'imprimeur ou FOGRA39. Rien n'a été écrit.", name)
	}
	return nil, repertoire.Damage("", err,
		"Le profil colorimétrique%s est abîmé : redemandez-le à l'imprimeur ou choisissez FOGRA39. Rien n'a été écrit.", name)
}

// registered are names of printing conditions in the registry of the ICC
// (www.color.org/chardata), as profiles mention them in their descriptions.
var registered = regexp.MustCompile(`(?i)\b(FOGRA ?\d{2}|CGATS ?(TR|21)[- ]?\d+(-\d+)?|JC200\d{3}|IFRA ?\d{2})`)

// named gives the profile the name of its printing condition: the registered
// one its description holds, or else the description, which a printer knows.
func (p Profile) named() Profile {
	if p.Name != "" {
		return p
	}
	p.Name = "Custom"
	if read, err := icc.Parse(p.Data); err == nil {
		if text := strings.TrimSpace(read.Description()); text != "" {
			p.Name = text
		}
	}
	if found := registered.FindString(p.Name); found != "" {
		p.Name = strings.ToUpper(strings.ReplaceAll(found, " ", ""))
	}
	return p
}
