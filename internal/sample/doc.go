// Package sample brings the sample répertoires in, and invents fictitious
// partnerships for trials and benchmarks.
//
// Readable files of data/samples and a seed come in; whole records with
// derived IDs go out, the invented ones marked. It never writes anywhere and
// never asks the network.
package sample
