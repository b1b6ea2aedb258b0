package logbook

import (
	"log/slog"
	"slices"
	"sync"
	"time"
)

// maxCommands is how many of the last commands a report tells.
const maxCommands = 20

// done is a command, by its name alone: never what it was given.
type done struct {
	at   time.Time
	name string
}

var commands struct {
	mu   sync.Mutex
	last []done
}

// Did notes a command: "save", "edition build". Its name is a constant of the
// program, never a word of an officer's.
func Did(name string) {
	commands.mu.Lock()
	defer commands.mu.Unlock()
	commands.last = append(commands.last, done{time.Now(), name})
	if over := len(commands.last) - maxCommands; over > 0 {
		commands.last = slices.Delete(commands.last, 0, over)
	}
	slog.Info("command", "name", name)
}

func lastCommands() []done {
	commands.mu.Lock()
	defer commands.mu.Unlock()
	return slices.Clone(commands.last)
}
