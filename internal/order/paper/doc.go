// Package paper turns the values of an order into documents to lay out (quotes,
// confirmations, delivery notes, invoices, credit notes, job tickets), into
// sheets of labels and into e-mail drafts. What it writes is what it was given:
// it computes no amount, takes no number and reads no clock.
package paper
