package orders

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"repertoire/internal/order"
	"repertoire/internal/order/paper"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// XML writes the invoice or the credit note of an order as the XML of Factur-X
// (profile EN 16931), in a file of its own, after checking it.
func (room *Room) XML(ctx context.Context, ref string, kind OrderPaper, output string) (Written, error) {
	v, data, err := room.crossIndustry(ctx, ref, kind)
	if err != nil {
		return Written{}, err
	}
	if err := base.WriteWhole(output, data); err != nil {
		return Written{}, err
	}
	sum := sha256.Sum256(data)
	return Written{File: output, Title: v.Number(), SHA256: hex.EncodeToString(sum[:])}, nil
}

// FacturX writes the invoice or the credit note of an order as one file for
// people and machines: the PDF, to PDF/A-3, with the XML inside.
func (room *Room) FacturX(ctx context.Context, ref string, kind OrderPaper, output string) (Written, error) {
	v, data, err := room.crossIndustry(ctx, ref, kind)
	if err != nil {
		return Written{}, err
	}
	pages, err := room.lay(ctx, paper.Invoice(&v), paper.Format)
	if err != nil {
		return Written{}, err
	}
	return room.finish(ctx, pages, output, carried(&v, data))
}

// carried is the XML of an invoice as its PDF carries it.
func carried(v *order.Invoice, data []byte) pdf.Attachment {
	kind := PaperInvoice
	if v.Kind == order.KindCredit {
		kind = PaperCredit
	}
	return pdf.Attachment{Name: "factur-x.xml", MIME: "text/xml", Data: data,
		Description: OrderPapers.Label(kind) + " " + v.Number() + ", Factur-X EN 16931", Invoice: "EN 16931"}
}

// crossIndustry gives the invoice or the credit note of an order with its XML,
// checked.
func (room *Room) crossIndustry(ctx context.Context, ref string, kind OrderPaper) (order.Invoice, []byte, error) {
	o, err := room.Get(ctx, ref)
	if err != nil {
		return order.Invoice{}, nil, err
	}
	if kind != PaperInvoice && kind != PaperCredit {
		return order.Invoice{}, nil, repertoire.Refuse("Seuls une facture et un avoir ont un fichier Factur-X.")
	}
	v, err := room.issued(ctx, &o, kind, ref)
	if err != nil {
		return order.Invoice{}, nil, err
	}
	data, err := v.CII()
	return v, data, err
}
