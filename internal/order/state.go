package order

import (
	"time"

	"repertoire/internal/repertoire"
)

// State is how far an order has come.
type State string

// The states, as stored and typed.
const (
	Received    State = "recue"
	Confirmed   State = "confirmee"
	Preparing   State = "en-preparation"
	Shipped     State = "expediee"  // a parcel has left
	Transmitted State = "transmise" // digital copies only
	Invoiced    State = "facturee"  // the invoice has its number
	Paid        State = "payee"     //
	Cancelled   State = "annulee"   // with a credit note when there was an invoice
)

// States lists the states in the order of an order's life.
var States = repertoire.Choices[State]{
	{Value: Received, Label: "Reçue"}, {Value: Confirmed, Label: "Confirmée"}, {Value: Preparing, Label: "En préparation"},
	{Value: Shipped, Label: "Expédiée"}, {Value: Transmitted, Label: "Transmise"},
	{Value: Invoiced, Label: "Facturée"}, {Value: Paid, Label: "Payée"}, {Value: Cancelled, Label: "Annulée"},
}

// Step is the day an order reached a state.
type Step struct {
	State State     `json:"state"`
	At    time.Time `json:"at"`
	By    string    `json:"by,omitempty"`
	Note  string    `json:"note,omitempty"`
}

// next says where each state may lead.
func (s State) next() []State {
	switch s {
	case Received:
		return []State{Confirmed, Cancelled}
	case Confirmed:
		return []State{Preparing, Cancelled}
	case Preparing:
		return []State{Shipped, Transmitted, Cancelled}
	case Shipped, Transmitted:
		return []State{Invoiced, Cancelled}
	case Invoiced:
		return []State{Paid, Cancelled}
	case Paid:
		return []State{Cancelled}
	}
	return nil
}

// delivered tells whether the goods have left.
func (s State) delivered() bool {
	switch s {
	case Shipped, Transmitted, Invoiced, Paid:
		return true
	}
	return false
}

// rank places a state in the life of an order.
func (s State) rank() int {
	switch s {
	case Received:
		return 0
	case Confirmed:
		return 1
	case Preparing:
		return 2
	case Shipped, Transmitted:
		return 3
	case Invoiced:
		return 4
	case Paid:
		return 5
	}
	return 6
}
