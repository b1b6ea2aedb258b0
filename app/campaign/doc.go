// Package campaign is the place of the yearly round of questions: where it
// stands, what came back, and each reply in three columns, judged by keys.
package campaign
