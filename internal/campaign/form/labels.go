package form

// The labels of fields in the other languages of campaigns, by the French one;
// TestEveryLabelIsTranslated holds that none is missing.
var (
	english = map[string]string{
		"Type": "Type", "Formalisation": "Formal basis", "Statut": "Status",
		"Première convention": "Year of first agreement", "Début": "Start", "Fin": "End", "Conventions": "Agreements",
		"Contexte": "Context", "Historique": "History", "Objectifs": "Objectives", "Description": "Description", "Projets": "Projects",
		"Projet": "Project", "Échanges": "Exchanges", "Acteurs": "Actors", "Interlocuteurs": "Contacts", "Liens": "Links",
		"Titre": "Title", "Signature": "Signed on", "Échéance": "Valid until", "Date": "Date", "Nom": "Name", "Rôle": "Role",
		"Adresse web": "Web address", "Libellé": "Label", "Lieux": "Places", "Opérateur": "Operator", "Bénéficiaires": "Beneficiaries",
		"Résultats": "Results", "Difficultés": "Difficulties", "Budget": "Budget", "Financements": "Funding", "Financeur": "Funder",
		"Dispositif": "Scheme", "Montant": "Amount", "En nature": "In kind", "Côté": "Side", "Élu": "Elected", "Fonction": "Position",
		"Courriel": "E-mail", "Téléphone": "Telephone", "Nom publiable": "Name may be published",
		"Courriel publiable": "E-mail may be published", "Téléphone publiable": "Telephone may be published",
		"Thématiques 1": "Theme 1", "Thématiques 2": "Theme 2", "Thématiques 3": "Theme 3", "Thématiques 4": "Theme 4",
		"Thématiques 5": "Theme 5", "Thématiques 6": "Theme 6", "Thématiques 7": "Theme 7", "Thématiques 8": "Theme 8",
	}
	spanish = map[string]string{
		"Type": "Tipo", "Formalisation": "Formalización", "Statut": "Estado",
		"Première convention": "Año del primer convenio", "Début": "Inicio", "Fin": "Fin", "Conventions": "Convenios",
		"Contexte": "Contexto", "Historique": "Historia", "Objectifs": "Objetivos", "Description": "Descripción",
		"Projets": "Proyectos", "Projet": "Proyecto", "Échanges": "Intercambios", "Acteurs": "Actores", "Interlocuteurs": "Contactos",
		"Liens": "Enlaces", "Titre": "Título", "Signature": "Firma", "Échéance": "Vencimiento", "Date": "Fecha", "Nom": "Nombre",
		"Rôle": "Función", "Adresse web": "Dirección web", "Libellé": "Nombre del enlace", "Lieux": "Lugares", "Opérateur": "Operador",
		"Bénéficiaires": "Beneficiarios", "Résultats": "Resultados", "Difficultés": "Dificultades", "Budget": "Presupuesto",
		"Financements": "Financiación", "Financeur": "Financiador", "Dispositif": "Programa", "Montant": "Importe",
		"En nature": "En especie", "Côté": "Lado", "Élu": "Cargo electo", "Fonction": "Cargo", "Courriel": "Correo electrónico",
		"Téléphone": "Teléfono", "Nom publiable": "Nombre publicable", "Courriel publiable": "Correo publicable",
		"Téléphone publiable": "Teléfono publicable", "Thématiques 1": "Tema 1", "Thématiques 2": "Tema 2", "Thématiques 3": "Tema 3",
		"Thématiques 4": "Tema 4", "Thématiques 5": "Tema 5", "Thématiques 6": "Tema 6", "Thématiques 7": "Tema 7",
		"Thématiques 8": "Tema 8",
	}
	portuguese = map[string]string{
		"Type": "Tipo", "Formalisation": "Formalização", "Statut": "Estado",
		"Première convention": "Ano do primeiro acordo", "Début": "Início", "Fin": "Fim", "Conventions": "Acordos",
		"Contexte": "Contexto", "Historique": "História", "Objectifs": "Objetivos", "Description": "Descrição", "Projets": "Projetos",
		"Projet": "Projeto", "Échanges": "Intercâmbios", "Acteurs": "Atores", "Interlocuteurs": "Contactos", "Liens": "Ligações",
		"Titre": "Título", "Signature": "Assinatura", "Échéance": "Validade", "Date": "Data", "Nom": "Nome", "Rôle": "Papel",
		"Adresse web": "Endereço web", "Libellé": "Designação", "Lieux": "Lugares", "Opérateur": "Operador",
		"Bénéficiaires": "Beneficiários", "Résultats": "Resultados", "Difficultés": "Dificuldades", "Budget": "Orçamento",
		"Financements": "Financiamentos", "Financeur": "Financiador", "Dispositif": "Programa", "Montant": "Montante",
		"En nature": "Em espécie", "Côté": "Lado", "Élu": "Eleito", "Fonction": "Cargo", "Courriel": "Correio eletrónico",
		"Téléphone": "Telefone", "Nom publiable": "Nome publicável", "Courriel publiable": "Correio publicável",
		"Téléphone publiable": "Telefone publicável", "Thématiques 1": "Tema 1", "Thématiques 2": "Tema 2", "Thématiques 3": "Tema 3",
		"Thématiques 4": "Tema 4", "Thématiques 5": "Tema 5", "Thématiques 6": "Tema 6", "Thématiques 7": "Tema 7",
		"Thématiques 8": "Tema 8",
	}
)
