// Package dashboard shows what the répertoires hold as charts: how fresh, how
// complete, which themes, countries and years. Figures of the workspace come in;
// each bar leads to the search that lists what it counts. It writes no record.
package dashboard
