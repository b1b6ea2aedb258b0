package search

import (
	"math/bits"
	"strconv"

	index "github.com/blevesearch/bleve_index_api"
)

// Where the words of a record stand is half of an index kept the usual way, six
// bytes a place. Here the places of a word are its frequency: a number into
// which as many as fit are packed, each as its distance from the one before.
// Those that do not fit are numbers of further terms of another field.

// packedBits is how much of a frequency holds places.
const packedBits = 56

// maxPlaces bounds the places kept of one word in one record: a phrase is found
// by the first few hundred or not needed.
const maxPlaces = 500

// packPlaces packs as many of ascending places as fit, and tells how many.
func packPlaces(places []int) (packed uint64, n int) {
	shift, before := 0, 0
	for _, p := range places {
		d := uint64(p - before)
		size := 8 * max((bits.Len64(d)+6)/7, 1)
		if shift+size > packedBits {
			break
		}
		for ; d >= 0x80; d >>= 7 {
			packed |= (d&0x7f | 0x80) << shift
			shift += 8
		}
		packed |= d << shift
		shift += 8
		before = p
		n++
	}
	return packed, n
}

// hasMore tells whether other places may not have fitted behind those in packed.
func hasMore(packed uint64) bool { return packed >= 1<<(packedBits-24) }

// unpackPlaces adds the places in packed to out.
func unpackPlaces(packed uint64, out []int) []int {
	at := 0
	for packed != 0 {
		d, shift := uint64(0), 0
		for {
			b := packed & 0xff
			packed >>= 8
			d |= (b & 0x7f) << shift
			shift += 7
			if b < 0x80 {
				break
			}
		}
		at += int(d)
		out = append(out, at)
	}
	return out
}

// morePlaces is the term of the places of a word that had no room before it.
func morePlaces(word string, part int) string { return strconv.Itoa(part) + " " + word }

// addPlaces files each word with its places.
func addPlaces(exact, more terms, at map[string][]int) {
	room := make([]index.TokenFreq, 0, len(at)+8)
	keep := func(t terms, term string, packed uint64) {
		if len(room) == cap(room) {
			room = make([]index.TokenFreq, 0, 64)
		}
		room = append(room, index.TokenFreq{})
		room[len(room)-1].SetFrequency(int(packed))
		t[term] = &room[len(room)-1]
	}
	for word, places := range at {
		places = places[:min(len(places), maxPlaces)]
		packed, n := packPlaces(places)
		keep(exact, word, packed)
		for part := 1; n < len(places); part++ {
			places = places[n:]
			packed, n = packPlaces(places)
			keep(more, morePlaces(word, part), packed)
		}
	}
}
