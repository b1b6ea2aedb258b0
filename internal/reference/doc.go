// Package reference gives types to the tables of data/: French authorities,
// countries, places, themes, goals and outlines.
//
// Embedded files go in; immutable values come out. Each table is parsed when
// first asked for, never before, and nothing is ever written or fetched.
package reference
