package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
)

func (f *face) editionCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "edition", Short: "Les livres et les éditions figées", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usageError{repertoire.Refuse(
				"il manque ce qu’il faut faire de l’édition : build, gate, freeze, list, rebuild, diff, state, named ou pages")}
		},
	}
	c.AddCommand(f.editionBuildCommand(), f.editionGateCommand(), f.editionFreezeCommand(), f.editionListCommand(),
		f.editionRebuildCommand(),
		f.editionDiffCommand(), f.editionStateCommand(), f.editionNamedCommand(), f.editionPagesCommand(), f.editionDeleteCommand())
	return c
}

func (f *face) editionBuildCommand() *cobra.Command {
	var opt books.SelectionOptions
	c := &cobra.Command{
		Use: "build", Short: "Compose un livre et écrit son PDF, ou son site", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			search := cmd.Flags().Changed("search")
			if !search {
				if err := needFlag("directory", opt.Directory); err != nil {
					return err
				}
				if opt.Title != "" || opt.Subtitle != "" {
					return usageError{repertoire.Refuse("--title et --subtitle vont avec --search : un répertoire a son propre titre")}
				}
			}
			if err := checkFile(&opt.BuildOptions); err != nil {
				return err
			}
			return f.look(cmd.Context(), func(w *workspace.Workspace) error {
				var r books.BuildReport
				var err error
				if search {
					r, err = w.Books().BuildSelection(cmd.Context(), opt, f.progress())
				} else {
					r, err = w.Books().Build(cmd.Context(), opt.BuildOptions, f.progress())
				}
				if err != nil {
					return err
				}
				return f.report(r, func(out io.Writer) { printBuild(out, opt.BuildOptions, r) })
			})
		},
	}
	c.Flags().StringVar(&opt.Directory, "directory", "", "répertoire")
	c.Flags().StringVar(&opt.Label, "label", "", "édition, par exemple « septembre 2026 »")
	c.Flags().StringVar(&opt.Query.Text, "search", "",
		"recueil des partenariats qui répondent, tous répertoires confondus : « eau pays:MG » (--directory prête alors son habillage)")
	c.Flags().StringVar(&opt.Title, "title", "", "avec --search : titre du recueil")
	c.Flags().StringVar(&opt.Subtitle, "subtitle", "", "avec --search : sous-titre du recueil")
	c.Flags().StringVar(&opt.Design, "design", "", "maquette : "+strings.Join(books.DesignNames(), ", ")+" (celle du répertoire sinon)")
	c.Flags().StringVar(&opt.Format, "format", "",
		"format des pages : "+strings.Join(books.FormatNames(), ", ")+" (celui du répertoire sinon)")
	fileFlags(c, &opt.BuildOptions)
	return c
}

// fileFlags are the options of the PDF itself.
func fileFlags(c *cobra.Command, opt *books.BuildOptions) {
	c.Flags().StringVar((*string)(&opt.Variant), "variant", string(books.Digital),
		"print (imprimeur), digital (écran) ou web (dossier de pages à consulter)")
	c.Flags().StringVarP(&opt.Output, "output", "o", "", "fichier PDF à écrire ; dossier du site avec --variant web")
	c.Flags().StringVar(&opt.Recipient, "recipient", "",
		"destinataire, dont chaque page porte le nom : « Mairie de Lille » donne « Exemplaire de la Mairie de Lille »")
	c.Flags().StringVar(&opt.Address, "address", "",
		"web : adresse où le dossier sera mis, https://…, que les pages donneront quand on les partage")
	c.Flags().BoolVar(&opt.NoSheets, "no-sheets", false, "web : sans le PDF de chaque fiche")
	c.Flags().StringVar(&opt.Profile, "profile", "", "print : profil ICC donné par l’imprimeur (FOGRA39 sinon)")
	c.Flags().BoolVar(&opt.Marks, "marks", false, "print : traits de coupe et repères de couleur hors du format")
	c.Flags().BoolVar(&opt.Booklet, "booklet", false, "print : pages imposées en cahier, à imprimer recto verso, plier et agrafer")
	c.Flags().IntVar(&opt.PageMultiple, "page-multiple", 0, "print : complète de pages blanches jusqu’à un multiple de 2, de 4… (2 sinon)")
	c.Flags().BoolVar(&opt.ReplaceCover, "replace-cover", false, "remplace le fichier de la couverture s’il existe déjà")
	c.Flags().StringVar(&opt.Cover, "cover", "",
		"print : fichier PDF de la couverture à part, à plat avec son dos ; le livre n’en a alors plus")
	c.Flags().Float64Var(&opt.Spine, "spine", 0, "épaisseur du dos de la couverture en millimètres (calculée sinon)")
	c.Flags().Float64Var(&opt.Grammage, "paper", 0, "grammage du papier de l’intérieur en g/m², pour calculer le dos (115 sinon)")
	c.Flags().Float64Var(&opt.Bulk, "bulk", 0,
		"main du papier de l’intérieur en cm³/g, pour calculer le dos (1 sinon, 1,25 pour un offset)")
}

// checkFile refuses as a wrong usage what no workspace is needed to refuse.
func checkFile(opt *books.BuildOptions) error {
	if err := needFlag("output", opt.Output); err != nil {
		return err
	}
	switch opt.Variant {
	case books.Print, books.Digital, books.Web:
		return nil
	}
	return usageError{repertoire.Refuse("--variant est print, digital ou web")}
}

func printBuild(out io.Writer, opt books.BuildOptions, r books.BuildReport) {
	if r.Web != nil {
		printWeb(out, opt, r)
		return
	}
	fmt.Fprintf(out, "%s : %d pages, %d fiches, %d mots\n", opt.Output, r.Pages, r.Entries, r.Words)
	if c := r.Cover; c != nil {
		fmt.Fprintf(out, "%s : couverture, dos de %s mm\n", opt.Cover, strings.Replace(fmt.Sprintf("%.1f", c.Spine), ".", ",", 1))
	}
	for _, x := range r.Warnings {
		fmt.Fprintf(out, "  %s%s\n", place(x.Page, x.Title), x.Message)
	}
	for _, x := range r.Pictures {
		fmt.Fprintf(out, "  %simage de %s, %d points par pouce\n", place(x.Page, x.Title), weight(x.Bytes), x.DPI)
	}
	p := r.Preflight
	fmt.Fprintf(out, "  %d contrôles du fichier : %s\n", p.Checks, verdict(p))
}

func printWeb(out io.Writer, opt books.BuildOptions, r books.BuildReport) {
	fmt.Fprintf(out, "%s : %d fiches, %d pages, %d fichiers, %s\n", opt.Output, r.Entries, r.Pages, r.Web.Files, weight(int(r.Web.Bytes)))
	fmt.Fprintf(out, "  première page : %s, dont %s pour la recherche, chargés ensuite\n", weight(r.Web.FirstView), weight(r.Web.Search))
	if r.Web.Gone > 0 {
		fmt.Fprintf(out, "  adresses d’éditions précédentes gardées : %d\n", r.Web.Gone)
	}
	for _, x := range r.Warnings {
		fmt.Fprintf(out, "  %s%s\n", place(x.Page, x.Title), x.Message)
	}
	fmt.Fprintf(out, "  ouvrez index.html, ou copiez le dossier entier sur un serveur ou une clé\n")
}

// place says where a warning is from: "page 12 : Lille – Saint-Louis : ".
func place(page int, title string) string {
	s := ""
	if page > 0 {
		s = fmt.Sprintf("page %d : ", page)
	}
	if title != "" {
		s += title + " : "
	}
	return s
}

// weight writes bytes as a person reads them: "840 ko", "2,1 Mo".
func weight(bytes int) string {
	if bytes < 1_000_000 {
		return fmt.Sprintf("%d ko", (bytes+500)/1000)
	}
	return strings.Replace(fmt.Sprintf("%.1f Mo", float64(bytes)/1e6), ".", ",", 1)
}

// verdict says what preflight found in a few words.
func verdict(p books.PreflightSummary) string {
	if p.Refused+p.Warned == 0 {
		return "tous passés"
	}
	var parts []string
	if p.Refused > 0 {
		parts = append(parts, fmt.Sprintf("%d à corriger avant de l’envoyer", p.Refused))
	}
	if p.Warned > 0 {
		parts = append(parts, fmt.Sprintf("%d à regarder", p.Warned))
	}
	return strings.Join(parts, ", ")
}

func (f *face) preflightCommand() *cobra.Command {
	return &cobra.Command{
		Use: "preflight FICHIER.pdf", Short: "Contrôle un PDF avant l’impression ou la diffusion", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := books.Preflight(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if err := f.report(r, func(out io.Writer) {
				for _, c := range r.Checks {
					mark := "✓"
					if !c.OK {
						mark = "✗"
					}
					fmt.Fprintf(out, "%s %s %s\n", mark, c.Name, c.Detail)
				}
			}); err != nil {
				return err
			}
			if !r.OK {
				return silent{repertoire.Refuse("Le fichier ne passe pas tous les contrôles.")}
			}
			return nil
		},
	}
}
