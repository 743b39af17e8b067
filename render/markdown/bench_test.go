package markdown

import (
	"strings"
	"testing"

	"communique/render/diag"
)

// statement is two pages of an English press statement.
var statement = `---
title: Plenary closes without a communique
lang: en
kind: press-release
id: kp-2023-plenary
symbol: KP/2023/12
summary: The plenary agreed on a secretariat and closed without a communique.
issuer: Press Office of the Kimberley Process
place: Victoria Falls
date: 2023-11-10
contacts:
  - name: Press Office
    email: press@example.org
---

# Plenary closes without a communique

` + strings.Repeat(`The plenary met from 6 to 10 November 2023 in *Victoria Falls*, Zimbabwe. It didn't agree on a final communique,
because one participant objected to the agenda -- for the second time. The "factual reference" to the item was blocked too.

> Despite many productive conversations at the plenary, we are disappointed that it was not possible to discuss the link
> between rough diamonds and the financing of war.
>
> — The spokesperson

## What was agreed

- **Secretariat.** The permanent secretariat in [Gaborone](https://www.example.org/secretariat) opens in January.
- **Review.** The ad hoc committee on review and reform goes on until the next plenary.
- **Statistics.** Participants report production by the end of each half-year.

| Country | Carats | Value, US$ |
|:--------|-------:|-----------:|
| Angola | 9,751,500 | 1,526,000,000 |
| Botswana | 25,087,400 | 3,283,000,000 |

`, 3)

func BenchmarkParseStatement(b *testing.B) {
	src := Source{Name: "statement.en.md", Data: []byte(statement)}
	o := options()
	b.SetBytes(int64(len(src.Data)))
	b.ReportAllocs()
	for b.Loop() {
		var problems diag.List
		Parse(src, o, &problems)
		if problems.HasErrors() {
			b.Fatal(problems.Sorted())
		}
	}
}

func BenchmarkParseBodyOnly(b *testing.B) {
	_, body, _ := strings.Cut(statement, "\n---\n")
	src := Source{Name: "statement.en.md", Data: []byte(body)}
	o := options()
	b.SetBytes(int64(len(src.Data)))
	b.ReportAllocs()
	for b.Loop() {
		var problems diag.List
		Parse(src, o, &problems)
		if problems.HasErrors() {
			b.Fatal(problems.Sorted())
		}
	}
}
