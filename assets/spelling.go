package assets

import "embed"

// The French dictionary is fetched as the fonts are; a clone compiles before.
//
//go:embed all:spelling/cache
var spellingCache embed.FS

// Spelling gives the rules and the words of the French dictionary, false when
// the program was built without it.
func Spelling() (rules, words []byte, ok bool) {
	rules, err := spellingCache.ReadFile("spelling/cache/fr.aff")
	if err != nil {
		return nil, nil, false
	}
	words, err = spellingCache.ReadFile("spelling/cache/fr.dic")
	return rules, words, err == nil
}
