package export

import (
	"fmt"
	"io"
	"net/url"
	"strings"

	"whence"
	"whence/ledger"
	"whence/store"
	"whence/story"
)

// provContext names the terms, so that nothing has to be loaded to read the file.
// What PROV-O has no term for is in a vocabulary of whence's own.
const provContext = `{"@context":{"prov":"http://www.w3.org/ns/prov#","dcterms":"http://purl.org/dc/terms/","rdfs":"http://www.w3.org/2000/01/rdf-schema#","xsd":"http://www.w3.org/2001/XMLSchema#","whence":"urn:whence:terms#"},
"@graph":[`

// node is an object of JSON-LD.
type node map[string]any

func ref(id string) node { return node{"@id": id} }

func refs(ids []string) []node {
	list := make([]node, len(ids))
	for i, id := range ids {
		list[i] = ref(id)
	}
	return list
}

// The names of things. They are names, not addresses.

func articleURN(id string) string {
	return "urn:whence:article:" + strings.TrimPrefix(id, "sha256:")
}

func outletURN(name string) string { return "urn:whence:outlet:" + url.PathEscape(name) }

// reportURN is a report that a story rests on, of which the article may not be in
// the ledger.
func reportURN(story string, r story.Report) string {
	if r.Article != "" {
		return articleURN(r.Article)
	}
	return "urn:whence:story:" + story + ":report:" + url.PathEscape(r.Name)
}

// originURN is what two articles both come from, which is known by them alone.
func originURN(r whence.Reuse) string {
	a, b := strings.TrimPrefix(r.Article, "sha256:"), strings.TrimPrefix(r.Other, "sha256:")
	return "urn:whence:origin:" + min(a, b) + ":" + max(a, b)
}

// dated is a date as a typed value, as sharp as it is known.
func dated(d whence.Date) any {
	types := map[whence.Precision]string{whence.Second: "xsd:dateTime", whence.Day: "xsd:date", whence.Month: "xsd:gYearMonth", whence.Year: "xsd:gYear"}
	return node{"@type": types[d.Precision], "@value": d.String()}
}

// provenance writes articles, what they took from each other, and claims with the
// passages that make them and what these rest on.
func provenance(p *ledger.Part, w io.Writer) error {
	out, err := begin(w, provContext)
	if err != nil {
		return err
	}
	for _, part := range []func(*ledger.Part, *list) error{provArticles, provReuse, provClaims} {
		if err := part(p, out); err != nil {
			return err
		}
	}
	return out.end("]}")
}

func provArticles(p *ledger.Part, out *list) error {
	for head, err := range p.Heads() {
		if err != nil {
			return err
		}
		n, err := provArticle(p, head)
		if err != nil {
			return err
		}
		if err := out.put(n); err != nil {
			return err
		}
	}
	return nil
}

func provArticle(p *ledger.Part, head store.Head) (node, error) {
	n := node{"@id": articleURN(head.ID), "@type": "prov:Entity"}
	if head.Title != "" {
		n["dcterms:title"] = head.Title
	}
	if head.Page != "" {
		n["dcterms:source"] = head.Page
	}
	if !head.Published.IsZero() {
		n["dcterms:issued"] = dated(head.Published)
	}
	if !head.Captured.IsZero() {
		n["whence:captured"] = dated(head.Captured)
	}
	if head.Outlet != "" {
		n["prov:wasAttributedTo"] = outletNode(head.Outlet)
	}
	before, ok, err := p.Before(head)
	if err != nil {
		return nil, err
	}
	if ok {
		n["prov:wasRevisionOf"] = ref(articleURN(before.ID))
	}
	return n, nil
}

func outletNode(name string) node {
	return node{"@id": outletURN(name), "@type": []string{"prov:Agent", "prov:Organization"}, "rdfs:label": name}
}

// provReuse writes who took words or reporting from whom. Where it cannot be told
// who did, nothing is said of it in the terms of PROV-O.
func provReuse(p *ledger.Part, out *list) error {
	for r, err := range p.Reuse() {
		if err != nil {
			return err
		}
		for _, n := range taking(r) {
			if err := out.put(n); err != nil {
				return err
			}
		}
	}
	return nil
}

// taking is what a pair says.
func taking(r whence.Reuse) []node {
	article, other := articleURN(r.Article), articleURN(r.Other)
	switch r.Direction {
	case whence.ArticleFromOther:
		return []node{took(article, ref(other), r)}
	case whence.OtherFromArticle:
		return []node{took(other, ref(article), r)}
	case whence.BothFromOrigin:
		origin := originURN(r)
		from := node{"@id": origin, "@type": "prov:Entity"}
		switch {
		case r.Origin == "":
		case r.Relation == whence.SharedQuotation:
			from["prov:wasAttributedTo"] = node{"@id": "urn:whence:speaker:" + url.PathEscape(r.Origin), "@type": "prov:Agent", "rdfs:label": r.Origin}
		default:
			from["prov:wasAttributedTo"] = outletNode(r.Origin)
		}
		return []node{from, took(article, ref(origin), r), took(other, ref(origin), r)}
	}
	return []node{{"@id": article, "whence:sharesWordsWith": ref(other)}}
}

// took says that one entity comes from another: with words it was quoted from it,
// without any it was derived from it.
func took(taker string, from node, r whence.Reuse) node {
	plain, qualified, class := "prov:wasQuotedFrom", "prov:qualifiedQuotation", "prov:Quotation"
	if len(r.Passages) == 0 {
		plain, qualified, class = "prov:wasDerivedFrom", "prov:qualifiedDerivation", "prov:Derivation"
	}
	about := node{"@type": class, "prov:entity": from, "whence:relation": string(r.Relation), "whence:confidence": r.Confidence}
	if len(r.Evidence) > 0 {
		about["whence:evidence"] = r.Evidence
	}
	return node{"@id": taker, plain: from, qualified: about}
}

// provClaims writes claims. A passage that makes a claim is a special case of it,
// quoted from its article, and has the origin reports that it rests on as primary
// sources; the claim is attributed to its sources.
func provClaims(p *ledger.Part, out *list) error {
	for s, err := range p.Stories() {
		if err != nil {
			return err
		}
		for _, c := range s.Claims {
			if !s.HasAny(c.Articles...) {
				continue
			}
			for _, n := range claimNodes(s.ID, c) {
				if err := out.put(n); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func claimNodes(id string, c story.Claim) []node {
	claim := node{"@id": "urn:whence:claim:" + c.ID, "@type": []string{"prov:Entity", "whence:Claim"}, "prov:value": c.Text, "whence:kind": string(c.Kind)}
	nodes := []node{claim}
	var primary []string
	rests := map[string][]string{} // reports, by article
	for _, r := range c.Reports {
		urn := reportURN(id, r.Report)
		primary = append(primary, urn)
		rests[r.Article] = append(rests[r.Article], urn)
		for _, a := range r.Rests {
			rests[a] = append(rests[a], urn)
		}
		if r.Article == "" {
			nodes = append(nodes, node{"@id": urn, "@type": "prov:Entity", "prov:wasAttributedTo": outletNode(r.Name)})
		}
	}
	if len(primary) > 0 {
		claim["prov:hadPrimarySource"] = refs(primary)
	}
	var agents []node
	for _, x := range c.Sources {
		agents = append(agents, sourceNode(id, x.Source))
	}
	if len(agents) > 0 {
		claim["prov:wasAttributedTo"] = agents
	}
	if len(c.Undecided) > 0 {
		claim["whence:undecided"] = c.Undecided
	}
	for _, f := range c.Articles {
		n := node{"@id": passageURN(f.Article, f.Spans), "@type": "prov:Entity", "prov:value": f.Text,
			"prov:wasQuotedFrom": ref(articleURN(f.Article)), "prov:specializationOf": ref("urn:whence:claim:" + c.ID)}
		var from []string
		for _, urn := range rests[f.Article] {
			if urn != articleURN(f.Article) { // it does not rest on itself
				from = append(from, urn)
			}
		}
		if len(from) > 0 {
			n["prov:hadPrimarySource"] = refs(from)
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// passageURN names words of an article by their place in code points, in the way
// of RFC 5147.
func passageURN(article string, spans []whence.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = fmt.Sprintf("char=%d,%d", s.Start, s.End)
	}
	return articleURN(article) + "#" + strings.Join(parts, ";")
}

// sourceNode is a source, which is known within a story.
func sourceNode(id string, s story.Source) node {
	types := []string{"prov:Agent"}
	switch s.Kind {
	case whence.SourcePerson:
		types = append(types, "prov:Person")
	case whence.SourceOrganisation, whence.SourceGovernment:
		types = append(types, "prov:Organization")
	}
	n := node{"@id": "urn:whence:story:" + id + ":source:" + url.PathEscape(s.Name), "@type": types, "rdfs:label": s.Name}
	if s.Anonymous {
		n["whence:anonymous"] = true
	}
	if s.Count > 0 {
		n["whence:count"] = s.Count
	}
	return n
}
