// Package i18n turns the interface's French sentences into the language a
// person chose. French is written in the code and needs no table; English
// comes from assets/i18n. It translates the window, never the data.
package i18n
