package store

import (
	"encoding/json"
	"fmt"
	"time"

	"repertoire/internal/repertoire"
)

// text gives NULL for an absent body.
func text(raw json.RawMessage) any {
	if raw == nil {
		return nil
	}
	return string(raw)
}

// count writes "1 partenariat", "3 partenariats".
func count(n int, noun string) string {
	if n < 2 {
		return fmt.Sprintf("%d %s", n, noun)
	}
	return fmt.Sprintf("%s %ss", repertoire.Thousands(int64(n)), noun)
}

// frenchTime writes a moment for a sentence, in the zone of the machine.
func frenchTime(t time.Time) string { return t.Local().Format("02/01/2006 à 15:04") }
