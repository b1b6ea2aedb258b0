package orders

import (
	"context"

	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

// LastNumber is the last number given in a series and year.
type LastNumber = store.LastNumber

// LastNumbers lists the last number of each series of this year.
func (room *Room) LastNumbers(ctx context.Context) ([]LastNumber, error) {
	return room.base.Store.LastNumbers(ctx, room.base.Now().Year())
}

// GiveLastNumber notes the last number of a series as an officer knows it from
// the documents on paper ("F2026-0012").
func (room *Room) GiveLastNumber(ctx context.Context, number string) (LastNumber, error) {
	series, year, count, err := store.ParseNumber(number)
	if err != nil {
		return LastNumber{}, err
	}
	last, err := room.base.Store.GiveLast(ctx, series, year, count, room.base.Author())
	return last, base.Stopped(err)
}
