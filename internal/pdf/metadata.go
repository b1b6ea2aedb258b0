package pdf

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
)

// creator is the program that made the document, producer what made the PDF.
const (
	creator  = "Répertoire"
	producer = "Répertoire, gopdf 0.37.0"
)

// metadata writes Info and XMP, which say the same, and returns the file's
// identifier: it is made of the content, so that the same edition bears the
// same name.
func (f *finisher) metadata(catalog *object.Dict) []byte {
	m := f.pages.Meta
	when := date(m)
	info := object.NewDict("Title", object.Text(title(m)))
	set := func(key object.Name, s string) {
		if s != "" {
			info.Set(key, object.Text(s))
		}
	}
	set("Author", m.Author)
	set("Subject", m.Subject)
	set("Keywords", strings.Join(m.Keywords, ", "))
	set("Creator", creator)
	set("Producer", producer)
	info.Set("CreationDate", object.String(pdfDate(when)))
	info.Set("ModDate", object.String(pdfDate(when)))
	info.Set("Trapped", object.Name("False"))
	if f.opts.Variant == Print {
		info.Set("GTS_PDFXVersion", object.Text("PDF/X-4"))
	}
	f.draft.Info = f.draft.Add(info)
	digest := f.draft.Digest()
	xmp := []byte(f.xmp(when, digest))
	catalog.Set("Metadata", f.draft.Add(&object.Stream{
		Dict: object.NewDict("Type", object.Name("Metadata"), "Subtype", object.Name("XML")), Data: xmp}))
	// All but the metadata is in the digest.
	id := sha256.Sum256(append(digest[:], xmp...))
	return id[:16]
}

func title(m layout.Meta) string {
	if m.Title == "" {
		return "Répertoire"
	}
	return m.Title
}

// pdfDate writes a date with its zone as PDF has it.
func pdfDate(t time.Time) string {
	_, offset := t.Zone()
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("D:%s%c%02d'%02d'", t.Format("20060102150405"), sign, offset/3600, offset/60%60)
}

// uuid shapes a hash as an identifier of version 8 (RFC 9562: free content).
func uuid(seed [32]byte, use string) string {
	h := sha256.Sum256(append(seed[:], use...))
	h[6] = h[6]&0x0f | 0x80
	h[8] = h[8]&0x3f | 0x80
	return fmt.Sprintf("uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func escape(s string) string {
	var b strings.Builder
	// Writing to memory cannot fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// xmp writes the packet. Properties that PDF/A does not know come with their
// description (ISO 19005-2, 6.6.2.3).
func (f *finisher) xmp(when time.Time, digest [32]byte) string {
	m := f.pages.Meta
	var b strings.Builder
	element := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "<%s>%s</%s>\n", name, escape(value), name)
		}
	}
	list := func(name, kind string, values ...string) {
		if len(values) == 0 || len(values) == 1 && values[0] == "" {
			return
		}
		fmt.Fprintf(&b, "<%s><rdf:%s>", name, kind)
		for _, v := range values {
			lang := ""
			if kind == "Alt" {
				lang = ` xml:lang="x-default"`
			}
			fmt.Fprintf(&b, "<rdf:li%s>%s</rdf:li>", lang, escape(v))
		}
		fmt.Fprintf(&b, "</rdf:%s></%s>\n", kind, name)
	}
	b.WriteString(
		"<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
			"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n")
	b.WriteString(
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"` + "\n")
	if f.opts.Variant == Print {
		b.WriteString(` xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">` + "\n")
	} else {
		b.WriteString(` xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` + "\n")
	}
	element("dc:format", "application/pdf")
	list("dc:title", "Alt", title(m))
	list("dc:creator", "Seq", m.Author)
	list("dc:description", "Alt", m.Subject)
	list("dc:subject", "Bag", m.Keywords...)
	list("dc:language", "Bag", language(m))
	stamp := when.Format(time.RFC3339)
	element("xmp:CreateDate", stamp)
	element("xmp:ModifyDate", stamp)
	element("xmp:MetadataDate", stamp)
	element("xmp:CreatorTool", creator)
	element("pdf:Producer", producer)
	element("pdf:Keywords", strings.Join(m.Keywords, ", "))
	if f.opts.Variant == Print {
		// PDF/X asks for it; the schema that PDF/A refers to does not know it.
		element("pdf:Trapped", "False")
	}
	element("xmpMM:DocumentID", uuid(digest, "document"))
	element("xmpMM:InstanceID", uuid(digest, "instance"))
	element("xmpMM:VersionID", "1")
	element("xmpMM:RenditionClass", "default")
	if f.opts.Variant == Print {
		element("pdfxid:GTS_PDFXVersion", "PDF/X-4")
		b.WriteString("</rdf:Description>\n")
	} else {
		element("pdfaid:part", f.archivePart())
		element("pdfaid:conformance", "A")
		element("pdfuaid:part", "1")
		b.WriteString("</rdf:Description>\n")
		schemas := uaSchema
		if a := f.opts.invoice(); a != nil {
			b.WriteString(invoiceProperties(a))
			schemas += invoiceSchema()
		}
		b.WriteString(schemasHead + schemas + schemasFoot)
	}
	b.WriteString("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
	return b.String()
}

// archivePart is the part of PDF/A the file is written to.
func (f *finisher) archivePart() string {
	if len(f.opts.Attachments) > 0 {
		return "3"
	}
	return "2"
}

// schemasHead and schemasFoot enclose the descriptions of properties that PDF/A
// does not know.
const (
	schemasHead = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>`
	schemasFoot = `</rdf:Bag></pdfaExtension:schemas></rdf:Description>
`
)

// uaSchema describes pdfuaid to readers of PDF/A.
const uaSchema = `<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>`
