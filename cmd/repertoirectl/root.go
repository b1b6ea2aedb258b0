package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/user"
	"syscall"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
)

// Exit codes of the contract.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
)

// usageError is a wrong command line, as against a refused request.
type usageError struct{ error }

// face is what every command shares.
type face struct {
	dir    string // -w
	json   bool   // --json
	author string
	out    io.Writer
	errs   io.Writer
}

// run executes one command line and gives its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	f := &face{out: out, errs: errs}
	root := f.rootCommand()
	root.SetArgs(args)
	root.SetOut(errs) // help is a message; standard output is for results
	root.SetErr(errs)
	err := root.ExecuteContext(ctx)
	var wrong usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &wrong):
		f.complain(frenchUsage(wrong.error))
		return exitUsage
	case errors.Is(err, syscall.EPIPE):
		return exitDone // whoever read the answer has what they wanted
	}
	f.fail(err)
	return exitRefused
}

func (f *face) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:               "repertoirectl",
		Short:             "Répertoire sans fenêtre : les partenariats des collectivités, leur recherche et leurs livres.",
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:              cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_ = cmd.Help()
			return usageError{errors.New("il manque une commande")}
		},
	}
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpCommand(&cobra.Command{Hidden: true, Use: "aide"})
	flags := root.PersistentFlags()
	flags.StringVarP(&f.dir, "workspace", "w", "", "dossier de travail")
	flags.BoolVar(&f.json, "json", false, "un document JSON sur la sortie standard")
	flags.StringVar(&f.author, "author", userName(), "auteur noté au journal")
	flags.BoolP("help", "h", false, "cette aide")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		f.initCommand(), f.directoriesCommand(), f.directoryCommand(), f.importCommand(), f.exportCommand(), f.searchCommand(), f.similarCommand(), f.figuresCommand(), f.bulkCommand(), f.listCommand(),
		f.showCommand(), f.historyCommand(), f.undoCommand(), f.editionCommand(), f.checkCommand(),
		f.backupCommand(), f.restoreCommand(), f.salvageCommand(), f.preflightCommand(), f.generateCommand(), f.reviewCommand(), f.trashCommand(), f.deleteCommand(), f.duplicatesCommand(), f.mergeCommand(), f.eraseCommand(), f.purgeCommand(), f.archiveCommand(), f.orderCommand(), f.versionCommand(),
	)
	asUsage(root)
	return root
}

// asUsage makes a wrong number of arguments a wrong usage, not a refusal.
func asUsage(c *cobra.Command) {
	c.DisableFlagsInUseLine = true // it would say so in English
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{err}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		asUsage(sub)
	}
}

// open opens the workspace of -w for the time of do, which may write.
func (f *face) open(ctx context.Context, do func(*workspace.Workspace) error) error {
	return f.opened(ctx, false, do)
}

// look opens the workspace of -w for a command that writes nothing in it: while
// a window or another command has it, it is read beside them.
func (f *face) look(ctx context.Context, do func(*workspace.Workspace) error) error {
	return f.opened(ctx, true, do)
}

func (f *face) opened(ctx context.Context, reads bool, do func(*workspace.Workspace) error) (err error) {
	if f.dir == "" {
		return usageError{errors.New("il manque -w et le dossier de travail")}
	}
	opt := workspace.OpenOptions{Author: f.author, Command: true}
	w, err := workspace.Open(ctx, f.dir, opt)
	if reads && repertoire.KindOf(err) == repertoire.Refused {
		opt.ReadOnly = true
		if beside, e := workspace.Open(ctx, f.dir, opt); e == nil {
			w, err = beside, nil
		}
	}
	if err != nil {
		return err
	}
	defer func() {
		if e := w.Close(); err == nil {
			err = e
		}
	}()
	for _, notice := range w.Notices() {
		f.complain("%s", notice)
	}
	return do(w)
}

func userName() string {
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	if n := os.Getenv("USER"); n != "" {
		return n
	}
	return "repertoirectl"
}

// needFlag refuses an empty required flag as a wrong usage.
func needFlag(name, value string) error {
	if value == "" {
		return usageError{repertoire.Refuse("il manque --%s", name)}
	}
	return nil
}
