// Package sharing is the room where a workspace meets the other desks of its
// network: it carries changes between the workspace's own base and the shared
// journal on a PostgreSQL server.
//
// What is saved here is saved, whatever the network does; it goes out when the
// server answers, and what others wrote comes in as changes like any other.
// It never writes the base but through the store, and never drops a word: what
// two desks wrote differently waits as a dispute.
package sharing
