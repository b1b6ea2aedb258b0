//go:build linux

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/orders"
)

// counterOf makes a sample workspace with a frozen edition and three members,
// where nothing was ever sold.
func counterOf(t *testing.T) string {
	t.Helper()
	dir := sample(t)
	w, err := workspace.Open(t.Context(), dir, workspace.OpenOptions{Author: "Essai"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Books().Freeze(t.Context(), "liban", "novembre 2026", func(int, int, string) {}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		b := order.Buyer{Name: fmt.Sprintf("Ville adhérente %d", i), Email: fmt.Sprintf("ville%d@example.fr", i), Member: true}
		if _, err := w.Orders().SaveBuyer(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// sold reads the orders, beside the window that has them open.
func sold(t *testing.T, dir string) []orders.Row {
	t.Helper()
	w, err := workspace.Open(context.Background(), dir, workspace.OpenOptions{ReadOnly: true, Share: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	rows, err := w.Orders().Rows(context.Background(), orders.OrderQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// The counter in the real window: the free copy to all members, then a first
// sale on paper from nothing, its price, stock, address and seller asked for as
// they are needed, and its invoice as a PDF.
func TestTheCounterInTheRealWindow(t *testing.T) {
	dir := counterOf(t)
	h := takeOn(t, dir, 1280, 720)
	over := func(step string, n int) {
		t.Helper()
		h.until(step, func() bool { return h.state().Over == n })
		h.keep(step)
	}
	tap := func(label string) {
		t.Helper()
		if !h.ask("tap " + label) {
			h.keep("sans " + label)
			t.Fatalf("no button « %s » among %v", label, h.state().Buttons)
		}
		h.idle()
	}
	h.ask("do send-members")
	over("members are asked for", 1)
	tap("Préparer 4 envois")
	h.until("the copies are made", func() bool { // three members of ours, one of the sample without an address
		rows := sold(t, dir)
		return len(rows) == 4 && rows[0].State == order.Transmitted && rows[3].State == order.Transmitted
	})
	h.escape("the members")
	h.keep("the free copies")
	if files, _ := filepath.Glob(filepath.Join(dir, "commandes", "envoi-*", "*.eml")); len(files) != 3 {
		t.Errorf("%d drafts", len(files))
	}

	h.ask("do new-order")
	over("an order is asked for", 1)
	h.keys("Tab")
	h.write("Librairie du Port")
	h.keys("Return") // no price is known: it is asked for, with the cursor in it
	h.keep("the price is asked for")
	h.write("25")
	h.keys("Return")
	over("the order is taken", 0)
	tap("Expédier…")
	over("its sending is asked for", 1)
	tap("Servir")
	over("the copies are asked for", 2)
	h.write("200")
	tap("Noter et continuer")
	over("the order is sent", 0)
	tap("Facturer…")
	over("the invoice is asked for", 1)
	tap("Facturer")
	over("the address is asked for", 2)
	for _, text := range []string{"3, quai du Port", "13002", "Marseille"} {
		h.write(text)
		h.keys("Tab")
	}
	tap("Enregistrer")
	over("the seller is asked for", 2)
	for _, text := range []string{"Maison d’essai", "", "1, rue des Essais", "75001", "Paris", "73282932000074", "", "", "FR44732829320"} {
		if text != "" {
			h.write(text)
		}
		h.keys("Tab")
	}
	tap("Enregistrer et continuer")
	over("the invoice is issued", 0)
	rows := sold(t, dir)
	if len(rows) != 5 || rows[0].State != order.Invoiced || rows[0].Invoice == "" || rows[0].Gross != 2500 {
		t.Fatalf("%+v", rows)
	}
	pdf := filepath.Join(t.TempDir(), "facture.pdf")
	tap("Documents")
	over("the documents are offered", 1)
	tap("Écrire…")
	h.keys("ctrl+a")
	h.write(pdf)
	h.keys("Return")
	h.until("the invoice is written", func() bool { _, err := os.Stat(pdf); return err == nil })
	out, err := exec.Command("pdftotext", pdf, "-").Output()
	if err != nil || !strings.Contains(string(out), rows[0].Invoice) || !strings.Contains(string(out), "Librairie du Port") ||
		!strings.Contains(string(out), "Maison d’essai") {
		t.Errorf("%v\n%s", err, out)
	}
	h.keep("the end")
}
