package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"repertoire/internal/repertoire"
)

// The lock is a file that the system locks, empty because Windows forbids
// reading what another program has locked, and beside it the owner's card.
const (
	lockFile = "lock"
	cardFile = "lock.json"
)

const (
	renewEvery = time.Minute
	// A card of another machine is believed this long after its last renewal:
	// system locks do not reach through every network folder.
	believed = 10 * time.Minute
)

// Owner is who holds a workspace.
type Owner struct {
	Person  string    `json:"person"`
	Machine string    `json:"machine"`
	PID     int       `json:"pid"`
	Since   time.Time `json:"since"`
	Renewed time.Time `json:"renewed"`
	// Command says that it is a command, which has the workspace for a moment.
	Command bool `json:"command,omitempty"`
}

// Here is an owner on this machine, in this process.
func Here(person string, now time.Time) Owner {
	machine, err := os.Hostname()
	if err != nil {
		machine = "?"
	}
	return Owner{Person: person, Machine: machine, PID: os.Getpid(), Since: now.UTC(), Renewed: now.UTC()}
}

// Held is the refusal of a workspace that somebody else holds.
type Held struct {
	Dir         string
	Owner       Owner
	SameMachine bool
}

// Error names the owner.
func (h *Held) Error() string {
	who := h.Owner.Person
	if who == "" {
		who = "quelqu’un"
	}
	return fmt.Sprintf(
		"Ce dossier de travail est déjà ouvert par %s sur l’ordinateur « %s » depuis le %s : il n’a pas été touché. Fermez-le là-bas, ou ouvrez-le ici en lecture seule.",
		who, h.Owner.Machine, h.Owner.Since.Local().Format("02/01/2006 à 15:04"))
}

// Unwrap makes it a repertoire.Error of kind Refused.
func (h *Held) Unwrap() error {
	return &repertoire.Error{Kind: repertoire.Refused, File: h.Dir, Message: h.Error()}
}

// ErrNoLock is at the bottom of a refusal of a folder in which nothing can be
// reserved: it can be read.
var ErrNoLock = errors.New("no lock")

// Lock is a held workspace; release it.
type Lock struct {
	dir    string
	system *flock.Flock
	now    func() time.Time
	stop   chan struct{}
	done   chan struct{}

	mu    sync.Mutex
	owner Owner
}

// Acquire takes the workspace in dir for owner, or fails with *Held. left is
// the card of an earlier owner who did not close: a program that died, or a
// machine that has not renewed its card for ten minutes.
func Acquire(dir string, owner Owner, now func() time.Time) (lock *Lock, left *Owner, err error) {
	l := &Lock{dir: dir, system: flock.New(filepath.Join(dir, lockFile)), now: now, owner: owner, stop: make(chan struct{}),
		done: make(chan struct{})}
	got, err := l.system.TryLock()
	if err != nil {
		return nil, nil, &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: errors.Join(ErrNoLock, err),
			Message: "Le dossier de travail ne peut pas être réservé : vérifiez que vous pouvez y écrire, ou ouvrez-le en lecture seule."}
	}
	card, found := readCard(dir)
	same := card.Machine == owner.Machine
	if !got || found && !same && now().Sub(card.Renewed) < believed {
		if got {
			_ = l.system.Unlock()
		}
		return nil, nil, &Held{Dir: dir, Owner: card, SameMachine: !found || same}
	}
	if found {
		left = &card
	}
	if err := l.write(); err != nil {
		_ = l.system.Unlock()
		return nil, nil, &repertoire.Error{Kind: repertoire.Refused, File: dir, Err: errors.Join(ErrNoLock, err),
			Message: "Le dossier de travail ne peut pas être réservé : vérifiez que vous pouvez y écrire, ou ouvrez-le en lecture seule."}
	}
	go l.renew()
	return l, left, nil
}

// Holder reads who holds dir; false when nobody's card is there.
func Holder(dir string) (Owner, bool) { return readCard(dir) }

// Release lets the workspace go and takes the card away: a card that stays
// says that its owner did not close.
func (l *Lock) Release() error {
	close(l.stop)
	<-l.done
	err := os.Remove(filepath.Join(l.dir, cardFile))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, l.system.Unlock())
}

// renew keeps the card fresh for machines that the system lock does not reach.
func (l *Lock) renew() {
	defer close(l.done)
	tick := time.NewTicker(renewEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
			l.mu.Lock()
			l.owner.Renewed = l.now().UTC()
			l.mu.Unlock()
			_ = l.write() // a card not renewed only makes others ask again
		}
	}
}

func (l *Lock) write() error {
	l.mu.Lock()
	raw, err := json.MarshalIndent(l.owner, "", "  ")
	l.mu.Unlock()
	if err != nil {
		return err
	}
	file := filepath.Join(l.dir, cardFile)
	if err := os.WriteFile(file+".tmp", append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".tmp", file)
}

// readCard reads the owner's card; one that cannot be read is nobody's.
func readCard(dir string) (Owner, bool) {
	raw, err := os.ReadFile(filepath.Join(dir, cardFile))
	if err != nil {
		return Owner{}, false
	}
	var o Owner
	if json.Unmarshal(raw, &o) != nil {
		return Owner{}, false
	}
	return o, true
}
