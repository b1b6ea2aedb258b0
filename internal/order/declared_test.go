package order_test

import (
	"testing"

	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

func TestEveryFieldOfOrdersIsDeclared(t *testing.T) {
	for _, a := range []repertoire.Aggregate{repertoire.AggSales, repertoire.AggBuyer, repertoire.AggOrder, repertoire.AggInvoice,
		repertoire.AggStock} {
		for _, fault := range order.Declared(a).Faults() {
			t.Error(fault)
		}
	}
	if order.Declared(repertoire.AggPartnership) != repertoire.DeclaredPartnership {
		t.Error("the domain's own aggregates are not handed over")
	}
}
