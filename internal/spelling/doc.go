// Package spelling tells which words of a French text no dictionary knows, and
// what they may have been meant to be. It reads the tables of Hunspell (a list
// of stems, and rules of endings); a word that is written with a capital is
// taken for a name. It asks no network, and changes no text.
package spelling
