// Command bench measures Répertoire against the figures it must reach: it runs
// the benchmarks that lie beside the code, each in a process of its own, and
// prints one table: figure, goal, measured (the median of the runs), how many
// times a baseline measured in the same run it takes, how it grows, allocations
// and peak memory.
//
// With -check it runs the quick ones only and holds what does not depend on the
// machine, allocations and ratios, against cmd/bench/kept.json; -keep writes
// that file anew.
package main
