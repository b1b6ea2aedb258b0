package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/exchange"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/tables"
)

func (f *face) initCommand() *cobra.Command {
	var sample, showcase bool
	var from string
	c := &cobra.Command{
		Use: "init", Short: "Crée un dossier de travail", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.dir == "" {
				return usageError{repertoire.Refuse("il manque -w et le dossier à créer")}
			}
			opt := workspace.InitOptions{Sample: sample, Showcase: showcase, Author: f.author, Progress: f.progress()}
			var r workspace.InitReport
			var err error
			switch {
			case from != "" && (sample || showcase):
				return usageError{repertoire.Refuse("--sample et --showcase ne vont pas avec --from")}
			case from != "":
				r, err = workspace.Rebuild(cmd.Context(), from, f.dir, opt)
			default:
				r, err = workspace.Init(cmd.Context(), f.dir, opt)
			}
			if err != nil {
				return err
			}
			return f.report(r, func(out io.Writer) {
				fmt.Fprintf(out, "Dossier de travail créé : %s (%d répertoires, %d partenariats)\n", r.Workspace, r.Directories,
					r.Partnerships)
			})
		},
	}
	c.Flags().BoolVar(&sample, "sample", false, "avec les sept répertoires d’exemple")
	c.Flags().BoolVar(&showcase, "showcase", false, "avec un répertoire inventé et illustré, qui montre tout ce que le livre sait faire")
	c.Flags().StringVar(&from, "from", "", "refait la base d’après un dossier écrit par archive")
	return c
}

func (f *face) importCommand() *cobra.Command {
	var opt tables.ImportOptions
	var mapFile, rejected, recipe, keep, answers string
	var propose bool
	var reading exchange.Recipe
	var constants map[string]string
	c := &cobra.Command{
		Use: "import FICHIER", Short: "Importe des partenariats d’un tableau CSV, XLSX ou ODS", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := needFlag("directory", opt.Directory); err != nil {
				return err
			}
			if mapFile != "" {
				mapping, err := readMapping(mapFile)
				if err != nil {
					return err
				}
				opt.Mapping = mapping
			}
			if answers != "" {
				who, err := readMapping(answers)
				if err != nil {
					return err
				}
				opt.Who = make(map[string]repertoire.ID, len(who))
				for key, id := range who {
					opt.Who[key] = repertoire.ID(id)
				}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				if recipe != "" {
					r, err := w.Tables().Recipe(cmd.Context(), recipe)
					if err != nil {
						return err
					}
					opt.Recipe = r
				}
				read(&opt.Recipe, reading, constants)
				if propose || keep != "" {
					p, err := w.Tables().Propose(cmd.Context(), args[0], opt, f.progress())
					if err != nil {
						return err
					}
					if propose {
						enc := json.NewEncoder(f.out)
						enc.SetEscapeHTML(false)
						enc.SetIndent("", "  ")
						return enc.Encode(p)
					}
					p.Name = keep
					if err := w.Tables().SaveRecipe(cmd.Context(), p.Recipe); err != nil {
						return err
					}
				}
				r, err := w.Tables().Import(cmd.Context(), args[0], opt, f.progress())
				if err != nil {
					return err
				}
				if rejected != "" && len(r.Rejected) > 0 {
					if err := w.Tables().SaveRejected(cmd.Context(), args[0], opt, r.Rejected, rejected); err != nil {
						return err
					}
				}
				if err := f.reportImport(r, opt.DryRun); err != nil {
					return err
				}
				if len(r.Rejected) > 0 && !opt.Partial {
					return silent{
						repertoire.Refuse(
							"%d ligne(s) sur %d ne peuvent pas être importées ; rien n’a été écrit. Corrigez-les, ou ajoutez --partial pour garder les autres.", len(r.Rejected), r.Rows)}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&opt.Directory, "directory", "", "répertoire qui reçoit les partenariats")
	c.Flags().StringVar(&mapFile, "map", "", "fichier JSON : titre de colonne → champ")
	c.Flags().BoolVar(&opt.DryRun, "dry-run", false, "dit ce qui serait fait, sans rien écrire")
	c.Flags().BoolVar(&opt.Partial, "partial", false, "garde les bonnes lignes même si d’autres sont fautives")
	c.Flags().StringVar(&opt.Sheet, "sheet", "", "feuille d’un classeur (sinon la première qui n’est pas vide)")
	c.Flags().BoolVar(&opt.Group, "group", false, "réunit en un partenariat les lignes des mêmes collectivités et du même type")
	c.Flags().BoolVar(&opt.Items, "rows", false, "dit ce qui est fait de chaque ligne (avec --json)")
	c.Flags().StringVar(&recipe, "recipe", "", "recette gardée dans le dossier, ou fichier .json d’un collègue")
	c.Flags().BoolVar(&propose, "propose", false, "écrit en JSON la recette devinée, sans rien importer")
	c.Flags().StringVar(&keep, "save-recipe", "", "garde sous ce nom la façon dont le fichier est lu")
	c.Flags().IntVar(&reading.HeadingRow, "heading-row", 0, "ligne des titres (-1 : le fichier n’en a pas)")
	c.Flags().IntVar(&reading.HeadingRows, "heading-rows", 0, "nombre de lignes que prennent les titres")
	c.Flags().StringVar(&reading.Encoding, "encoding", "", "encodage d’un CSV : "+strings.Join(exchange.Encodings(), ", "))
	c.Flags().StringVar(&reading.Separator, "separator", "", "séparateur d’un CSV")
	c.Flags().StringToStringVar(&constants, "set", nil, "champ=valeur pour toutes les lignes (type=jumelage)")
	c.Flags().StringVar(&answers, "answers", "",
		"fichier JSON : clé d’une question → identifiant de la collectivité choisie, ou « - » pour la garder telle qu’écrite")
	c.Flags().StringVar(&opt.Proof, "proof", "",
		"dit comment les personnes d’un fichier JSON modifié ont donné leur accord : leurs autorisations de publier sont rétablies")
	c.Flags().StringVar(&rejected, "rejected", "", "écrit les lignes rejetées et leur motif dans ce fichier CSV")
	return c
}

// read puts what the command line says of a file over a recipe.
func read(r *exchange.Recipe, said exchange.Recipe, constants map[string]string) {
	if said.HeadingRow != 0 {
		r.HeadingRow, r.HeadingRows = said.HeadingRow, said.HeadingRows
	}
	if said.Encoding != "" {
		r.Encoding = said.Encoding
	}
	if said.Separator != "" {
		r.Separator = said.Separator
	}
	for field, value := range constants {
		if r.Constants == nil {
			r.Constants = map[exchange.Field]string{}
		}
		r.Constants[exchange.Field(field)] = value
	}
}

func readMapping(file string) (map[string]string, error) {
	if err := repertoire.RefuseIrregular(file); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.NotFound, File: file, Err: err,
			Message: fmt.Sprintf("Le fichier de correspondance « %s » ne peut pas être lu ; rien n’a été importé.", file)}
	}
	var m map[string]string
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: fmt.Sprintf("« %s » n’est pas un objet JSON titre de colonne → champ ; rien n’a été importé.", file)}
	}
	return m, nil
}

func printImport(out io.Writer, r tables.ImportReport, dry bool) {
	verb := "Importé"
	if dry {
		verb = "Serait importé"
	}
	fmt.Fprintf(out, "%s : %d ligne(s), %d ajoutée(s), %d mise(s) à jour, %d inchangée(s), %d rejetée(s)\n",
		verb, r.Rows, r.Added, r.Updated, r.Unchanged, len(r.Rejected))
	for _, x := range r.Rejected {
		fmt.Fprintf(out, "  ligne %d : %s\n", x.Row, x.Reason)
	}
	printRemarks(out, r)
	if n := len(r.Questions); n > 0 {
		rows := 0
		for _, q := range r.Questions {
			rows += q.Rows
		}
		fmt.Fprintf(out,
			"%d collectivité(s) à confirmer ou inconnues (%d ligne(s)), reprises telles qu’elles sont écrites ; --json les donne avec leurs candidates, --answers y répond.\n", n, rows)
	}
	if r.Grouped > 0 {
		fmt.Fprintf(out, "%d ligne(s) réunie(s) avec une autre du même partenariat\n", r.Grouped)
	}
	if r.Twins > 0 {
		fmt.Fprintln(out, "Plusieurs lignes parlent d’un même partenariat : --group les réunit.")
	}
	for _, s := range r.Reasons {
		fmt.Fprintf(out, "%s\n", s)
	}
	if r.More > 0 {
		fmt.Fprintf(out, "et %d autres remarques\n", r.More)
	}
	if len(r.Unmapped) > 0 {
		fmt.Fprintf(out, "Colonnes non reprises : %s\n", strings.Join(r.Unmapped, ", "))
	}
	if r.Change != "" {
		fmt.Fprintf(out, "Pour tout reprendre : undo %s\n", r.Change)
	}
}

// fewRemarks is how many remarks of one kind are written out; --json has all.
const fewRemarks = 10

// printRemarks writes the remarks kind by kind, with their number.
func printRemarks(out io.Writer, r tables.ImportReport) {
	byKind := map[exchange.Kind][]tables.Rejection{}
	for _, x := range r.Warnings {
		kind := x.Kind
		if !exchange.Kinds.Has(kind) {
			kind = exchange.KindOther
		}
		byKind[kind] = append(byKind[kind], x)
	}
	for _, k := range exchange.Kinds {
		list := byKind[k.Value]
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(out, "%s, %d remarque(s) :\n", k.Label, len(list))
		for _, x := range list[:min(len(list), fewRemarks)] {
			where := fmt.Sprintf("ligne %d", x.Row)
			if x.Row == 0 {
				where = "le fichier"
			}
			fmt.Fprintf(out, "  %s : %s\n", where, x.Reason)
		}
		if more := len(list) - fewRemarks; more > 0 {
			fmt.Fprintf(out, "  et %d autre(s) ; --json les donne toutes\n", more)
		}
	}
	if len(r.Notes) > 0 {
		fmt.Fprintln(out, "Repris sans question :")
	}
	for _, n := range r.Notes {
		fmt.Fprintf(out, "  %s (%d ligne(s))\n", n.Sentence, n.Rows)
	}
}

func (f *face) exportCommand() *cobra.Command {
	var slug, format, output string
	var all bool
	c := &cobra.Command{
		Use: "export", Short: "Exporte un répertoire en csv, xlsx, json, geojson, vcf ou ics", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if all == (slug != "") {
				return usageError{repertoire.Refuse("donnez --directory et un répertoire, ou --all pour tout le dossier")}
			}
			if err := needFlag("output", output); err != nil {
				return err
			}
			if _, err := exchange.ParseFormat(format); err != nil {
				return usageError{err}
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Tables().Export(cmd.Context(), slug, format, output, f.progress())
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) {
					fmt.Fprintf(out, "%d partenariat(s) écrits dans %s\n", r.Partnerships, output)
					for _, x := range r.Warnings {
						fmt.Fprintf(out, "  ligne %d, remarque : %s\n", x.Row, x.Reason)
					}
				})
			})
		},
	}
	c.Flags().StringVar(&slug, "directory", "", "répertoire")
	c.Flags().BoolVar(&all, "all", false, "tous les répertoires")
	c.Flags().StringVar(&format, "format", "csv", "csv, xlsx, json, geojson (carte), vcf (interlocuteurs publiables) ou ics (échéances)")
	c.Flags().StringVarP(&output, "output", "o", "", "fichier à écrire")
	return c
}

func (f *face) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Vérifie la base, l’index, les images et les fiches", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				r, err := w.Safety().Check(cmd.Context())
				if err != nil {
					return err
				}
				if err := f.report(r, func(out io.Writer) {
					fmt.Fprintf(out, "Base : %s\nIndex : %s\nImages : %s\nÉditions, livraisons, registre, sauvegardes : %s\n", r.Database,
						r.Index, r.Media, r.Beside)
					for _, x := range r.Findings {
						switch {
						case x.Title != "":
							fmt.Fprintf(out, "  %s : %s\n", x.Title, x.Message)
						case !slices.Contains([]string{r.Database, r.Index, r.Media, r.Beside}, x.Message): // said already
							fmt.Fprintf(out, "  %s\n", x.Message)
						}
					}
				}); err != nil {
					return err
				}
				if !r.OK {
					return silent{repertoire.Refuse("Le dossier de travail a besoin d’attention : voyez ce qui est signalé.")}
				}
				return nil
			})
		},
	}
}

func (f *face) backupCommand() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use: "backup", Short: "Fait une sauvegarde vérifiée", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				b, err := w.Safety().Backup(cmd.Context(), output, f.progress())
				if err != nil {
					return err
				}
				return f.report(b, func(out io.Writer) { fmt.Fprintf(out, "Sauvegarde vérifiée : %s\n", b.File) })
			})
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "", "fichier à écrire (sinon dans backups/)")
	return c
}

func (f *face) generateCommand() *cobra.Command {
	var n int
	var seed uint64
	var slug string
	c := &cobra.Command{
		Use: "generate", Short: "Ajoute des partenariats fictifs, marqués comme tels", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needFlag("directory", slug); err != nil {
				return err
			}
			if n <= 0 {
				return usageError{repertoire.Refuse("--partnerships est un nombre positif")}
			}
			return f.open(cmd.Context(), func(w *workspace.Workspace) error {
				made, err := w.Tables().Generate(cmd.Context(), n, seed, slug, f.progress())
				if err != nil {
					return err
				}
				return f.report(made, func(out io.Writer) {
					fmt.Fprintf(out, "%d partenariat(s) fictifs ajoutés. Pour tout reprendre : undo %s\n", made.Partnerships, made.Change)
				})
			})
		},
	}
	c.Flags().IntVar(&n, "partnerships", 0, "nombre de partenariats")
	c.Flags().Uint64Var(&seed, "seed", 1, "graine : la même donne les mêmes fiches")
	c.Flags().StringVar(&slug, "directory", "", "répertoire")
	return c
}

func (f *face) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "La version du programme", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return f.report(map[string]string{"version": workspace.Version},
				func(out io.Writer) { fmt.Fprintln(out, "Répertoire", workspace.Version) })
		},
	}
}
