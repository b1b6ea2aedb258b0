// Package campaign is the yearly round of questions to the authorities: who is
// asked, what each was sent, what came back and what was made of it.
//
// Partnerships come in; questionnaires (as values, forms are drawn by form),
// differences in three columns and partnerships with their provenance go out.
// Nothing an authority answers reaches a partnership before somebody accepted
// it. The package knows no file, no mail and no store.
package campaign
