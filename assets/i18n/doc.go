// Package i18n holds the translations of the window, one JSON table a
// language. The key is the French sentence of the code; a language code comes
// in, its table goes out; it chooses no language.
package i18n
