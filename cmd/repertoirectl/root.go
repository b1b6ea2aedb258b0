package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/user"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"repertoire/internal/logbook"
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
	logged bool   // what is done goes into the log of the machine
	level  string // --log-level
	pprof  string // --pprof
	ends   []func() error
	out    io.Writer
	errs   io.Writer
}

// run executes one command line and gives its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	return execute(ctx, &face{out: out, errs: errs}, args)
}

func execute(ctx context.Context, f *face, args []string) int {
	root := f.rootCommand()
	root.SetArgs(args)
	root.SetOut(f.errs) // help is a message; standard output is for results
	root.SetErr(f.errs)
	err := root.ExecuteContext(ctx)
	for _, end := range slices.Backward(f.ends) {
		if e := end(); err == nil {
			err = e
		}
	}
	var wrong usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &wrong):
		f.wrong(wrong.error, slices.Contains(args, "--json"))
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
	flags.StringVar(&f.level, "log-level", "", "ce que le journal du poste garde : debug, info, warn ou error")
	flags.StringVar(&f.pprof, "pprof", "", "dossier où écrire le profil du temps et de la mémoire")
	flags.BoolP("help", "h", false, "cette aide")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return f.begin(cmd) }
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		f.initCommand(), f.directoriesCommand(), f.directoryCommand(), f.importCommand(), f.recipeCommand(), f.exportCommand(),
		f.searchCommand(),
		f.similarCommand(), f.figuresCommand(), f.bulkCommand(), f.listCommand(),
		f.showCommand(), f.historyCommand(), f.undoCommand(), f.editionCommand(), f.checkCommand(),
		f.backupCommand(), f.restoreCommand(), f.salvageCommand(), f.preflightCommand(), f.generateCommand(), f.reviewCommand(),
		f.trashCommand(), f.deleteCommand(), f.duplicatesCommand(), f.knownCommand(), f.valuesCommand(), f.mergeCommand(), f.eraseCommand(),
		f.rightsCommand(), f.purgeCommand(), f.archiveCommand(), f.orderCommand(), f.campaignCommand(), f.shareCommand(),
		f.versionCommand(),
	)
	asUsage(root)
	return root
}

// begin opens the log and the profile a command asked for. The log has the
// command's name, never what it was given.
func (f *face) begin(cmd *cobra.Command) error {
	if _, err := logbook.ParseLevel(f.level); err != nil {
		return usageError{err}
	}
	if f.logged {
		book, err := logbook.Open(logbook.Options{Program: "repertoirectl", Version: workspace.Version, Level: f.level})
		if err != nil {
			return err
		}
		f.ends = append(f.ends, func() error { book.Close(); return nil })
		if r := book.Untold(); r != nil {
			f.complain("La dernière fois, repertoirectl s’est arrêté sur une erreur de programme. Le rapport, sans rien de vos fiches, est dans « %s ».", r.File)
			book.Told(r)
		}
		logbook.Did(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" "))
	}
	if f.pprof != "" {
		stop, err := logbook.Profile(f.pprof)
		if err != nil {
			return err
		}
		f.ends = append(f.ends, stop)
	}
	return nil
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
