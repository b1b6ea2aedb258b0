// Package duplicates shows pairs of records that are perhaps the same, side by
// side: a person chooses field by field what stays, and the merge is one change;
// or says that they are different, which is remembered. It merges nothing alone.
package duplicates
