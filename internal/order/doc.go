// Package order is the selling of editions: buyers, prices, orders and their
// states, stock, invoices and credit notes come in and go out as plain values
// whose amounts are exact cents. It decides what may happen and what it costs;
// it never reads a clock, writes a file, gives an invoice its number (the store
// does, with the invoice itself) or sets a page (see its folder paper).
//
// Rounding, once for all. A line is quantity × unit price, its discount rounded
// to the cent. VAT is computed once a rate, on the sum of the rate's lines, and
// rounded to the nearest cent, halves up. When prices include VAT, as those of
// books do, the sum with VAT is what was agreed: the sum without it is what is
// rounded, and VAT is the difference.
package order
