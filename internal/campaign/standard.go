package campaign

// Standard are the program's texts, for every occasion and language.
var Standard = []Wording{
	{"fr", First, "{{partenariat}} : mise à jour de votre fiche avant le {{date_limite}}", `Bonjour {{nom}},

Nous mettons à jour le répertoire des partenariats : {{campagne}}. Vous trouverez ci-joint la fiche du partenariat {{partenariat}}, telle que nous la connaissons.

Si rien n’a changé, répondez « oui » à la première question et renvoyez le fichier : c’est tout. Sinon, corrigez ce qui doit l’être, directement dans le fichier, et joignez-le à votre réponse avant le {{date_limite}}.

Rien n’est publié sans avoir été relu, et les coordonnées d’une personne ne le sont qu’avec son accord.

{{signature}}`},
	{"fr", Again, "Rappel : {{partenariat}}, votre fiche avant le {{date_limite}}", `Bonjour {{nom}},

Nous n’avons pas encore reçu votre réponse sur le partenariat {{partenariat}}. La fiche est de nouveau jointe à ce message.

Quelques minutes suffisent : si rien n’a changé, répondez « oui » à la première question et renvoyez le fichier. Si vous avez répondu entre-temps, ne tenez pas compte de ce rappel.

Date limite : {{date_limite}}.

{{signature}}`},
	{"fr", Third, "{{partenariat}} : pouvons-nous vous aider à répondre ?", `Bonjour {{nom}},

La fiche du partenariat {{partenariat}} n’est pas encore confirmée. Peut-être n’êtes-vous pas la bonne personne : dites-nous alors à qui nous adresser.

Vous pouvez aussi répondre à ce message en quelques lignes, nous reporterons vos corrections. La fiche est jointe ; nous l’attendons avant le {{date_limite}}.

{{signature}}`},
	{"fr", Fourth, "Dernier rappel : {{partenariat}}", `Bonjour {{nom}},

Nous arrêtons bientôt le répertoire ({{campagne}}). Sans réponse de votre part avant le {{date_limite}}, la fiche du partenariat {{partenariat}} y figurera avec la date de sa dernière confirmation, et ce qu’elle dit pourra être ancien.

La fiche est jointe une dernière fois.

{{signature}}`},

	{"en", First, "{{partenariat}}: please check your entry by {{date_limite}}", `Dear {{nom}},

We are updating our directory of partnerships between local authorities ({{campagne}}). Please find attached what we know of the partnership {{partenariat}}.

If nothing has changed, answer “oui” (yes) to the first question and send the file back: that is all. Otherwise correct the file itself and attach it to your answer by {{date_limite}}.

Nothing is published before we have read it, and nobody’s details without that person’s consent.

{{signature}}`},
	{"en", Again, "Reminder: {{partenariat}}, your entry by {{date_limite}}", `Dear {{nom}},

We have not yet heard from you about the partnership {{partenariat}}. The entry is attached again.

A few minutes are enough: if nothing has changed, answer “oui” (yes) to the first question and send the file back. If you have answered in the meantime, please ignore this message.

{{signature}}`},
	{"en", Third, "{{partenariat}}: can we help you answer?", `Dear {{nom}},

The entry of the partnership {{partenariat}} is not yet confirmed. If you are not the right person, please tell us whom we should write to.

You may also answer this message in a few lines; we will enter your corrections. We expect them by {{date_limite}}.

{{signature}}`},
	{"en", Fourth, "Last reminder: {{partenariat}}", `Dear {{nom}},

We shall soon close the directory ({{campagne}}). Without an answer from you by {{date_limite}}, the entry of the partnership {{partenariat}} will be printed with the date of its last confirmation.

{{signature}}`},

	{"es", First, "{{partenariat}}: actualización de su ficha antes del {{date_limite}}", `Estimado/a {{nom}}:

Estamos actualizando el repertorio de las cooperaciones entre autoridades locales ({{campagne}}). Adjuntamos la ficha de la cooperación {{partenariat}} tal como la conocemos.

Si nada ha cambiado, responda «oui» (sí) a la primera pregunta y devuelva el archivo. De lo contrario, corríjalo directamente y adjúntelo a su respuesta antes del {{date_limite}}.

Nada se publica sin haber sido revisado, ni los datos de una persona sin su consentimiento.

{{signature}}`},
	{"es", Again, "Recordatorio: {{partenariat}}, su ficha antes del {{date_limite}}", `Estimado/a {{nom}}:

Todavía no hemos recibido su respuesta sobre la cooperación {{partenariat}}. Adjuntamos de nuevo la ficha.

Bastan unos minutos: si nada ha cambiado, responda «oui» (sí) a la primera pregunta y devuelva el archivo.

{{signature}}`},
	{"es", Third, "{{partenariat}}: ¿podemos ayudarle a responder?", `Estimado/a {{nom}}:

La ficha de la cooperación {{partenariat}} sigue sin confirmar. Si no es usted la persona indicada, díganos a quién dirigirnos.

También puede responder a este mensaje en unas líneas antes del {{date_limite}}.

{{signature}}`},
	{"es", Fourth, "Último recordatorio: {{partenariat}}", `Estimado/a {{nom}}:

Cerraremos pronto el repertorio ({{campagne}}). Sin su respuesta antes del {{date_limite}}, la ficha de la cooperación {{partenariat}} figurará con la fecha de su última confirmación.

{{signature}}`},

	{"pt", First, "{{partenariat}}: atualização da sua ficha até {{date_limite}}", `Prezado(a) {{nom}},

Estamos a atualizar o repertório das parcerias entre autoridades locais ({{campagne}}). Em anexo encontra a ficha da parceria {{partenariat}} tal como a conhecemos.

Se nada mudou, responda «oui» (sim) à primeira pergunta e devolva o ficheiro. Caso contrário, corrija-o diretamente e junte-o à sua resposta até {{date_limite}}.

Nada é publicado sem ter sido relido, nem os dados de uma pessoa sem o seu consentimento.

{{signature}}`},
	{"pt", Again, "Lembrete: {{partenariat}}, a sua ficha até {{date_limite}}", `Prezado(a) {{nom}},

Ainda não recebemos a sua resposta sobre a parceria {{partenariat}}. A ficha segue novamente em anexo.

Bastam alguns minutos: se nada mudou, responda «oui» (sim) à primeira pergunta e devolva o ficheiro.

{{signature}}`},
	{"pt", Third, "{{partenariat}}: podemos ajudar na resposta?", `Prezado(a) {{nom}},

A ficha da parceria {{partenariat}} ainda não está confirmada. Se não é a pessoa certa, diga-nos a quem nos devemos dirigir.

Pode também responder a esta mensagem em poucas linhas até {{date_limite}}.

{{signature}}`},
	{"pt", Fourth, "Último lembrete: {{partenariat}}", `Prezado(a) {{nom}},

Vamos fechar em breve o repertório ({{campagne}}). Sem a sua resposta até {{date_limite}}, a ficha da parceria {{partenariat}} será impressa com a data da sua última confirmação.

{{signature}}`},
}
