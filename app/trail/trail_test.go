package trail

import "testing"

func TestATrailEndsAtBothEnds(t *testing.T) {
	tr := Trail{Steps: []Step{{Entry: "a"}, {Entry: "b"}, {Entry: "c"}}, At: 1}
	for _, x := range []struct {
		by   int
		want string
	}{{1, "c"}, {1, ""}, {-1, "b"}, {-1, "a"}, {-1, ""}, {2, "c"}} {
		s, ok := tr.Move(x.by)
		if string(s.Entry) != x.want || ok != (x.want != "") {
			t.Errorf("by %d: %q, %v, want %q", x.by, s.Entry, ok, x.want)
		}
	}
}
