// Package counter is where orders are served: from « répertoire commandé » to
// « expédié et facturé » on one screen. It shows what the workspace's Orders
// hold and asks them for each step; a refusal is shown where the step was
// asked for, and prices, numbers and totals are never computed here.
package counter
