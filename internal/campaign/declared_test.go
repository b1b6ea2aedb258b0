package campaign

import (
	"testing"

	"repertoire/internal/repertoire"
)

func TestEveryFieldIsDeclared(t *testing.T) {
	for _, a := range []repertoire.Aggregate{repertoire.AggCampaign, repertoire.AggRequest, repertoire.AggQuestionnaire,
		repertoire.AggReply} {
		for _, fault := range Declared(a).Faults() {
			t.Error(fault)
		}
	}
}
