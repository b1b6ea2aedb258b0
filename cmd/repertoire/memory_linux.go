package main

/*
#include <malloc.h>

// What C keeps for later: of SQLite's pages, the drawing's buffers. Other C
// libraries than GNU's keep little.
static void arenas(int n) {
#ifdef __GLIBC__
	mallopt(M_ARENA_MAX, n);
#endif
}
static void give(void) {
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}
*/
import "C"

// frugal has C share two stores of memory among all threads, where each thread
// would keep one of its own.
func frugal() { C.arenas(2) }

// trim gives back what C keeps for later.
func trim() { C.give() }
