package store

import (
	"path/filepath"
	"testing"

	"repertoire/internal/campaign"
)

// What left since a backup does not leave again once it is put back, and what
// nobody knows of waits for somebody to say.
func TestMessagesSentStaySent(t *testing.T) {
	for _, present := range []string{"sound", "gone"} {
		t.Run(present, func(t *testing.T) {
			s := newStory(t).Store
			dir := s.dir
			mail := func(n string, state MailState) Mail {
				return Mail{Campaign: "c", Request: "r", Occasion: campaign.Occasion("envoi"), Address: n + "@ville.test", Message: n,
					State: state, At: day0}
			}
			_, err := s.QueueMail(t.Context(), []Mail{mail("a", MailWaiting), mail("b", MailWaiting)})
			done(t, err)
			file := filepath.Join(t.TempDir(), "b.db")
			_, err = s.Backup(t.Context(), file, ReasonManual, nil)
			done(t, err)
			_, err = s.QueueMail(t.Context(), []Mail{mail("c", MailWaiting)})
			done(t, err)
			done(t, s.MarkMail(t.Context(), "a", MailSent, day0, "250 ok"))
			done(t, s.MarkMail(t.Context(), "c", MailSent, day0, "250 ok"))
			done(t, s.Close())
			if present == "gone" {
				for _, suffix := range []string{"", "-wal", "-shm"} {
					done(t, removeIfThere(filepath.Join(dir, File+suffix)))
				}
			}
			plan, err := Restore(t.Context(), dir, file, Options{}, nil)
			done(t, err)
			s, err = Open(t.Context(), dir, Options{})
			done(t, err)
			defer s.Close()
			list, err := s.Mails(t.Context(), "c")
			done(t, err)
			state := map[string]MailState{}
			for _, m := range list {
				state[m.Message] = m.State
			}
			if present == "sound" {
				if plan.Messages != 2 || plan.Doubtful != 0 || state["a"] != MailSent || state["c"] != MailSent ||
					state["b"] != MailWaiting {
					t.Errorf("%+v, %v", plan, state)
				}
				return
			}
			if plan.Doubtful != 2 || state["a"] != MailLeaving || state["b"] != MailLeaving {
				t.Errorf("%+v, %v", plan, state)
			}
		})
	}
}
