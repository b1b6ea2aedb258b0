package base

import (
	"strings"
)

func List[T any](items []T, show func(T) string) string {
	parts := make([]string, 0, len(items))
	for _, x := range items {
		if s := show(x); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ; ")
}

func Join(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}
