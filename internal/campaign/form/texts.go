package form

// texts are the words of a form in one language. Labels of fields are the
// declarations' own; those of other languages stand in labels.go.
type texts struct {
	title, confirm, respondent, function, remarks, identifier string
	rows, date, year, choose                                  string
	confirmTick, entry, fresh, cards                          string // of the PDF form
	intro, pages, notice                                      func(Paper) string
	labels                                                    map[string]string
}

func (t texts) label(french string) string {
	if l := t.labels[french]; l != "" {
		return l
	}
	return french
}

func textsOf(language string) texts {
	if t, ok := inLanguage[language]; ok {
		return t
	}
	return inLanguage["fr"]
}

var inLanguage = map[string]texts{
	"fr": {
		title:   "Mise à jour de votre fiche",
		confirm: "Rien n’a changé, je confirme (oui)", respondent: "Votre nom", function: "Votre fonction et votre collectivité",
		remarks: "Remarques", identifier: "Identifiant du questionnaire (ne le modifiez pas) :",
		rows: "Corrigez les lignes ; ajoutez les nouvelles en dessous. Pour retirer une ligne, effacez tout ce qu’elle contient.",
		date: "jj/mm/aaaa, mm/aaaa ou aaaa", year: "quatre chiffres", choose: "choisissez dans la liste",
		confirmTick: "Rien n’a changé, je confirme", entry: "Votre fiche", fresh: "nouveau",
		cards: "Corrigez ce qui doit l’être ; écrivez ce qui est nouveau dans les cadres vides, et dans les remarques s’il en manque. Pour retirer un élément, videz ses cases.",
		intro: func(p Paper) string {
			return "Voici ce que nous savons de ce partenariat. Si rien n’a changé, répondez « oui » à la première question et renvoyez le fichier.\n" +
				"Sinon, corrigez les cases claires ; les autres onglets portent les projets, les financements, les interlocuteurs et le reste. " +
				"Ce que vous laissez tel quel est tenu pour confirmé.\nÀ renvoyer à " + p.Email + " avant le " + p.Deadline + "."
		},
		pages: func(p Paper) string {
			return "Voici ce que nous savons de ce partenariat. Si rien n’a changé, cochez la première case et renvoyez le fichier. " +
				"Sinon, corrigez directement dans les cases, enregistrez et renvoyez. Ce que vous laissez tel quel est tenu pour confirmé.\n" +
				"Le même questionnaire existe en classeur : renvoyez l’un ou l’autre à " + p.Email + " avant le " + p.Deadline + "."
		},
		notice: func(p Paper) string {
			return "Données personnelles. Les coordonnées des interlocuteurs servent à la coopération entre collectivités et à la tenue du répertoire ; elles ne sont publiées " +
				"que si la personne l’accepte, case par case (« publiable » : oui), et retirées dès qu’elle le demande. Ne répondez « oui » que pour vous-même ou avec l’accord de la personne. " +
				"Elle peut consulter, corriger ou faire effacer ce qui la concerne en écrivant à " + p.Email + "."
		},
	},
	"en": {
		title:   "Update of your entry",
		confirm: "Nothing has changed, I confirm (oui = yes)", respondent: "Your name", function: "Your position and authority",
		remarks: "Remarks", identifier: "Identifier of this form (please leave it as it is):",
		rows: "Correct the rows; add new ones below. To take a row away, clear all of its cells.",
		date: "dd/mm/yyyy, mm/yyyy or yyyy", year: "four figures", choose: "choose from the list",
		confirmTick: "Nothing has changed, I confirm", entry: "Your entry", fresh: "new",
		cards: "Correct what must be corrected; write what is new in the empty boxes, and in the remarks if there are too few. To take an item away, clear its boxes.",
		intro: func(p Paper) string {
			return "This is what we know of the partnership. If nothing has changed, answer “oui” (yes) to the first question and send the file back.\n" +
				"Otherwise correct the light cells; the other sheets hold projects, funding, contacts and the rest. What you leave as it is counts as confirmed.\n" +
				"Please return it to " + p.Email + " by " + p.Deadline + "."
		},
		pages: func(p Paper) string {
			return "This is what we know of the partnership. If nothing has changed, tick the first box and send the file back. " +
				"Otherwise correct the boxes themselves, save and send it back. What you leave as it is counts as confirmed.\n" +
				"The same form exists as a workbook: return either of them to " + p.Email + " by " + p.Deadline + "."
		},
		notice: func(p Paper) string {
			return "Personal data. Contact details serve the cooperation between authorities and the keeping of this directory; they are published only if the person agrees, " +
				"field by field (“may be published”: oui), and withdrawn on request. Answer “oui” only for yourself or with the person’s consent. To consult, correct or erase your data write to " + p.Email + "."
		},
		labels: english,
	},
	"es": {
		title:   "Actualización de su ficha",
		confirm: "Nada ha cambiado, lo confirmo (oui = sí)", respondent: "Su nombre", function: "Su cargo e institución",
		remarks: "Observaciones", identifier: "Identificador del cuestionario (no lo modifique):",
		rows: "Corrija las filas; añada las nuevas debajo. Para retirar una fila, borre todo su contenido.",
		date: "dd/mm/aaaa, mm/aaaa o aaaa", year: "cuatro cifras", choose: "elija de la lista",
		confirmTick: "Nada ha cambiado, lo confirmo", entry: "Su ficha", fresh: "nuevo",
		cards: "Corrija lo necesario; escriba lo nuevo en los recuadros vacíos y, si faltan, en las observaciones. Para retirar un elemento, vacíe sus casillas.",
		intro: func(p Paper) string {
			return "Esto es lo que sabemos de esta cooperación. Si nada ha cambiado, responda «oui» (sí) a la primera pregunta y devuelva el archivo.\n" +
				"De lo contrario, corrija las celdas claras; las demás hojas contienen los proyectos, la financiación, los contactos y el resto. Lo que deje tal cual se considera confirmado.\n" +
				"Devuélvalo a " + p.Email + " antes del " + p.Deadline + "."
		},
		pages: func(p Paper) string {
			return "Esto es lo que sabemos de esta cooperación. Si nada ha cambiado, marque la primera casilla y devuelva el archivo. " +
				"De lo contrario, corrija directamente las casillas, guarde y devuelva. Lo que deje tal cual se considera confirmado.\n" +
				"El mismo cuestionario existe como libro de cálculo: devuelva uno u otro a " + p.Email + " antes del " + p.Deadline + "."
		},
		notice: func(p Paper) string {
			return "Datos personales. Los datos de contacto sirven a la cooperación entre autoridades y al repertorio; solo se publican si la persona lo acepta, casilla por casilla («publicable»: oui), " +
				"y se retiran si lo pide. Responda «oui» solo por usted o con el acuerdo de la persona. Para consultar, corregir o borrar sus datos: " + p.Email + "."
		},
		labels: spanish,
	},
	"pt": {
		title:   "Atualização da sua ficha",
		confirm: "Nada mudou, confirmo (oui = sim)", respondent: "O seu nome", function: "O seu cargo e entidade",
		remarks: "Observações", identifier: "Identificador do questionário (não o altere):",
		rows: "Corrija as linhas; acrescente as novas por baixo. Para retirar uma linha, apague todo o seu conteúdo.",
		date: "dd/mm/aaaa, mm/aaaa ou aaaa", year: "quatro algarismos", choose: "escolha na lista",
		confirmTick: "Nada mudou, confirmo", entry: "A sua ficha", fresh: "novo",
		cards: "Corrija o necessário; escreva o que é novo nos campos vazios e, se faltarem, nas observações. Para retirar um elemento, esvazie os seus campos.",
		intro: func(p Paper) string {
			return "Isto é o que sabemos desta parceria. Se nada mudou, responda «oui» (sim) à primeira pergunta e devolva o ficheiro.\n" +
				"Caso contrário, corrija as células claras; as outras folhas contêm os projetos, os financiamentos, os contactos e o resto. O que deixar tal como está conta como confirmado.\n" +
				"Devolva-o a " + p.Email + " até " + p.Deadline + "."
		},
		pages: func(p Paper) string {
			return "Isto é o que sabemos desta parceria. Se nada mudou, assinale a primeira casa e devolva o ficheiro. " +
				"Caso contrário, corrija diretamente os campos, guarde e devolva. O que deixar tal como está conta como confirmado.\n" +
				"O mesmo questionário existe em folha de cálculo: devolva um ou outro a " + p.Email + " até " + p.Deadline + "."
		},
		notice: func(p Paper) string {
			return "Dados pessoais. Os contactos servem a cooperação entre autoridades e este repertório; só são publicados se a pessoa o aceitar, campo a campo («publicável»: oui), " +
				"e retirados a pedido. Responda «oui» apenas por si ou com o acordo da pessoa. Para consultar, corrigir ou apagar os seus dados: " + p.Email + "."
		},
		labels: portuguese,
	},
}
