package campaign

import "repertoire/internal/repertoire"

// Declared gives the declaration of an aggregate of campaigns, nil for others.
func Declared(a repertoire.Aggregate) *repertoire.Declaration {
	switch a {
	case repertoire.AggCampaign:
		return DeclaredCampaign
	case repertoire.AggRequest:
		return DeclaredRequest
	case repertoire.AggQuestionnaire:
		return DeclaredQuestionnaire
	case repertoire.AggReply:
		return DeclaredReply
	}
	return nil
}

type field = repertoire.Field

const (
	personal = repertoire.Personal
	naming   = repertoire.Naming
	telling  = repertoire.Telling
	kept     = repertoire.Kept

	record = repertoire.FieldRecord
	code   = repertoire.FieldCode
	group  = repertoire.FieldGroup
	date   = repertoire.FieldDate
	moment = repertoire.FieldMoment
	choice = repertoire.FieldChoice
	yesno  = repertoire.FieldFlag
	number = repertoire.FieldNumber
	email  = repertoire.FieldEmail
	long   = repertoire.FieldMarkdown
)

// What the aggregates are made of.
var (
	declaredScope = repertoire.Declare[Scope]("scope", "Ce qui est interrogé",
		field{Name: "directory", Label: "Répertoire", Kind: repertoire.FieldDirectory},
		field{Name: "list", Label: "Liste", Kind: record},
		field{Name: "text", Label: "Recherche", Use: personal},
		field{Name: "label", Label: "Nom", Use: personal | naming},
	)
	declaredAsks = repertoire.Declare[Asks]("asks", "Qui est interrogé",
		field{Name: "sides", Label: "Côtés", Kind: choice, Many: true, Choices: repertoire.PlainChoices(repertoire.Sides)},
		field{Name: "role", Label: "Rôle", Kind: choice, Choices: repertoire.PlainChoices(Roles)},
	)
	declaredSender = repertoire.Declare[Sender]("sender", "Expéditeur",
		field{Name: "name", Label: "Nom", Use: personal | naming},
		field{Name: "email", Label: "Adresse", Kind: email, Use: personal},
		field{Name: "signature", Label: "Signature", Kind: long, Use: personal},
	)
	declaredWording = repertoire.Declare[Wording]("wording", "Texte",
		field{Name: "language", Label: "Langue", Kind: choice, Choices: Languages, Use: telling},
		field{Name: "occasion", Label: "Occasion", Kind: choice, Choices: repertoire.PlainChoices(Occasions), Use: telling},
		field{Name: "subject", Label: "Objet", Use: personal | naming},
		field{Name: "body", Label: "Texte", Kind: long, Use: personal},
	)
	declaredRecipient = repertoire.Declare[Recipient]("recipient", "Destinataire",
		field{Name: "contact", Label: "Interlocuteur", Kind: code},
		field{Name: "side", Label: "Côté", Kind: choice, Choices: repertoire.PlainChoices(repertoire.Sides)},
		field{Name: "name", Label: "Nom", Use: personal | naming},
		field{Name: "email", Label: "Adresse", Kind: email, Use: personal | telling},
		field{Name: "language", Label: "Langue", Kind: choice, Choices: Languages},
	)
	declaredNote = repertoire.Declare[Note]("note", "Message",
		field{Name: "at", Label: "Date", Kind: moment},
		field{Name: "occasion", Label: "Occasion", Kind: choice, Choices: repertoire.PlainChoices(Occasions), Use: naming},
		field{Name: "way", Label: "Envoi", Kind: choice, Choices: repertoire.PlainChoices(Ways)},
		field{Name: "address", Label: "Adresse", Kind: email, Use: personal},
		field{Name: "message", Label: "Identifiant du message", Kind: code, Use: telling},
	)
	declaredBounce = repertoire.Declare[Bounce]("bounce", "Retour",
		field{Name: "at", Label: "Date", Kind: moment},
		field{Name: "address", Label: "Adresse", Kind: email, Use: personal | telling},
		field{Name: "reason", Label: "Raison", Use: personal},
		field{Name: "passing", Label: "Passager", Kind: yesno},
	)
	declaredProblem = repertoire.Declare[Problem]("problem", "Réponse illisible",
		field{Name: "path", Label: "Place", Kind: code, Use: telling},
		field{Name: "label", Label: "Champ", Use: personal | naming},
		field{Name: "text", Label: "Réponse", Use: personal},
		field{Name: "message", Label: "Raison", Use: personal},
	)
	declaredVerdict = repertoire.Declare[Verdict]("verdict", "Décision",
		field{Name: "path", Label: "Place", Kind: code, Use: telling},
		field{Name: "choice", Label: "Décision", Kind: choice, Choices: repertoire.PlainChoices(Judgments)},
		field{Name: "text", Label: "Correction", Kind: long, Use: personal},
	)
)

// DeclaredCampaign are the fields of a Campaign.
var DeclaredCampaign = repertoire.Declare[Campaign](string(repertoire.AggCampaign), "Campagne",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "name", Label: "Nom", Use: personal | naming},
	field{Name: "scope", Label: "Ce qui est interrogé", Kind: group, Of: declaredScope},
	field{Name: "asks", Label: "Qui est interrogé", Kind: group, Of: declaredAsks},
	field{Name: "sender", Label: "Expéditeur", Kind: group, Of: declaredSender},
	field{Name: "opened", Label: "Ouverte le", Kind: date},
	field{Name: "deadline", Label: "Date limite", Kind: date},
	field{Name: "closed", Label: "Close le", Kind: date},
	field{Name: "wordings", Label: "Textes", Kind: group, Many: true, Of: declaredWording},
	field{Name: "key", Label: "Clé de signature", Kind: code, Use: kept},
	field{Name: "previous", Label: "Campagne précédente", Kind: code},
)

// DeclaredRequest are the fields of a Request.
var DeclaredRequest = repertoire.Declare[Request](string(repertoire.AggRequest), "Demande",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "campaign", Label: "Campagne", Kind: code, Use: kept},
	field{Name: "partnership", Label: "Partenariat", Kind: record, Use: naming},
	field{Name: "recipients", Label: "Destinataires", Kind: group, Many: true, Of: declaredRecipient},
	field{Name: "questionnaire", Label: "Questionnaire", Kind: code, Use: kept},
	field{Name: "number", Label: "Numéro", Kind: number},
	field{Name: "notes", Label: "Messages", Kind: group, Many: true, Of: declaredNote},
	field{Name: "bounces", Label: "Retours", Kind: group, Many: true, Of: declaredBounce},
)

// DeclaredQuestionnaire are the fields of a Questionnaire.
var DeclaredQuestionnaire = repertoire.Declare[Questionnaire](string(repertoire.AggQuestionnaire), "Questionnaire",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "campaign", Label: "Campagne", Kind: code, Use: kept},
	field{Name: "request", Label: "Demande", Kind: code, Use: kept},
	field{Name: "partnership", Label: "Partenariat", Kind: record},
	field{Name: "number", Label: "Numéro", Kind: number},
	field{Name: "made", Label: "Fait le", Kind: moment},
	field{Name: "title", Label: "Titre", Use: personal | naming},
	field{Name: "sent", Label: "Envoyé", Kind: group, Of: repertoire.DeclaredPartnership},
)

// DeclaredReply are the fields of a Reply.
var DeclaredReply = repertoire.Declare[Reply](string(repertoire.AggReply), "Réponse",
	field{Name: "id", Label: "Identifiant", Kind: record, Use: kept},
	field{Name: "campaign", Label: "Campagne", Kind: code, Use: kept},
	field{Name: "request", Label: "Demande", Kind: code, Use: kept},
	field{Name: "questionnaire", Label: "Questionnaire", Kind: code, Use: kept},
	field{Name: "partnership", Label: "Partenariat", Kind: record},
	field{Name: "file", Label: "Fichier", Use: personal | naming},
	field{Name: "sha256", Label: "Empreinte", Kind: code},
	field{Name: "received", Label: "Reçue le", Kind: moment},
	field{Name: "collected", Label: "Relevée le", Kind: moment},
	field{Name: "from", Label: "Expéditeur", Kind: email, Use: personal},
	field{Name: "respondent", Label: "Répondant", Use: personal},
	field{Name: "function", Label: "Fonction", Use: personal},
	field{Name: "unchanged", Label: "Rien n’a changé", Kind: yesno},
	field{Name: "legible", Label: "Lisible", Kind: yesno},
	field{Name: "answered", Label: "Réponse", Kind: group, Of: repertoire.DeclaredPartnership},
	field{Name: "origins", Label: "Provenance des lignes", Kind: repertoire.FieldOptions, Use: kept},
	field{Name: "missing", Label: "Absent du fichier", Kind: code, Many: true},
	field{Name: "remarks", Label: "Remarques", Kind: long, Use: personal},
	field{Name: "problems", Label: "Réponses illisibles", Kind: group, Many: true, Of: declaredProblem},
	field{Name: "state", Label: "État", Kind: choice, Choices: repertoire.PlainChoices(ReplyStates)},
	field{Name: "reason", Label: "Raison", Use: personal},
	field{Name: "verdicts", Label: "Décisions", Kind: group, Many: true, Of: declaredVerdict},
	field{Name: "reviewed", Label: "Relue le", Kind: moment},
	field{Name: "reviewer", Label: "Relue par", Use: personal},
	field{Name: "change", Label: "Modification", Kind: code, Use: kept},
)
