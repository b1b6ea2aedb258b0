package store

/*
// Declared by hand: the driver compiles SQLite in and does not hand its header
// over. 1010 is SQLITE_DBCONFIG_DEFENSIVE (sqlite.org/c3ref/c_dbconfig_defensive.html).
int sqlite3_auto_extension(void (*entry)(void));
int sqlite3_db_config(void *db, int option, ...);

static int make_defensive(void *db) {
	return sqlite3_db_config(db, 1010, 1, (int *)0);
}

static int defend_every_connection(void) {
	return sqlite3_auto_extension((void (*)(void))make_defensive);
}
*/
import "C"

import "fmt"

// defend puts every connection this process opens from now on in SQLite's
// defensive mode: no SQL, not even what a file carries, can then write the
// schema, the pages or the journal's mode in a way that damages the base. The
// driver has no call for it, SQLite's list of extensions run at opening has.
func defend() error {
	if code := C.defend_every_connection(); code != 0 {
		return fmt.Errorf("SQLite does not take the defensive mode: code %d", int(code))
	}
	return nil
}
