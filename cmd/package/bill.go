package main

import (
	"encoding/json"
	"strings"

	"github.com/google/uuid"
)

// The bill of materials, in the form of CycloneDX 1.5
// (https://cyclonedx.org/docs/1.5/json/).
type (
	bill struct {
		Format     string      `json:"bomFormat"`
		Spec       string      `json:"specVersion"`
		Serial     string      `json:"serialNumber"`
		Version    int         `json:"version"`
		Metadata   metadata    `json:"metadata"`
		Components []component `json:"components"`
	}
	metadata struct {
		Timestamp string    `json:"timestamp"`
		Component component `json:"component"`
	}
	component struct {
		Type     string     `json:"type"`
		Ref      string     `json:"bom-ref"`
		Name     string     `json:"name"`
		Version  string     `json:"version,omitempty"`
		Purl     string     `json:"purl,omitempty"`
		Hashes   []hash     `json:"hashes,omitempty"`
		Licences []licensed `json:"licenses,omitempty"`
		Props    []property `json:"properties,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	licensed struct {
		License struct {
			ID string `json:"id"`
		} `json:"license"`
	}
	property struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

// bill lists the parts of the programs. Its serial number comes of what it
// lists: the same tree gives the same one.
func (r *release) bill(parts []part) (string, error) {
	b := bill{Format: "CycloneDX", Spec: "1.5", Version: 1, Metadata: metadata{
		Timestamp: r.At.Format("2006-01-02T15:04:05Z"),
		Component: component{Type: "application", Ref: r.ID, Name: r.Name, Version: r.Version},
	}}
	for _, p := range parts {
		b.Components = append(b.Components, p.component())
	}
	list, err := json.Marshal(b)
	if err != nil {
		return "", err
	}
	b.Serial = "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceURL, list).String()
	said, err := json.MarshalIndent(b, "", "  ")
	return string(said) + "\n", err
}

func (p part) component() component {
	c := component{Type: "library", Ref: p.Name + "@" + p.Version, Name: p.Name, Version: p.Version}
	switch p.Kind {
	case "font":
		c.Type, c.Ref = "file", p.Name
		c.Hashes = []hash{{"SHA-256", p.Sum}}
	case "platform":
		c.Type = "framework"
	default:
		c.Purl = "pkg:golang/" + strings.ToLower(p.Name) + "@" + strings.ReplaceAll(p.Version, "+", "%2B")
		if p.Sum != "" {
			c.Props = []property{{"go.sum", p.Sum}}
		}
	}
	for _, id := range p.Licences {
		var l licensed
		l.License.ID = id
		c.Licences = append(c.Licences, l)
	}
	return c
}
