"""Reads exports of one ledger with other programs, and holds them to their formats
and to each other.

usage: peers.py FOLDER, which holds export.jsonl, export.geojson, export.prov,
export.annotations, csv/ and parquet/.
"""
import collections
import csv
import json
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
csv.field_size_limit(1 << 30)


def say(*words):
    print(*words)


articles = {}
for line in open(folder / "export.jsonl", encoding="utf-8", newline="\n"):
    a = json.loads(line)
    articles[a["id"]] = a


def words(article, start, end):
    return articles[article]["text"][start:end]  # Python counts code points, too


def parquet():
    """Parquet by Arrow, against CSV by Python and by Arrow."""
    import pyarrow.csv
    import pyarrow.parquet

    package = json.load(open(folder / "csv" / "datapackage.json", encoding="utf-8"))
    rows = 0
    for r in package["resources"]:
        name = r["name"]
        table = pyarrow.parquet.read_table(folder / "parquet" / f"{name}.parquet")
        read = list(csv.reader(open(folder / "csv" / f"{name}.csv", encoding="utf-8-sig", newline="")))
        head, body = read[0], read[1:]
        assert head == [f["name"] for f in r["schema"]["fields"]], name
        assert [c for c in table.column_names if c in head] == head, name
        assert table.num_rows == len(body), name
        columns = {c: table.column(c).to_pylist() for c in head}
        kinds = {f["name"]: f["type"] for f in r["schema"]["fields"]}
        for i, cells in enumerate(body):
            for c, cell in zip(head, cells):
                v = columns[c][i]
                if v is None:
                    assert cell == "", (name, c, cell)
                elif kinds[c] == "string":
                    plain = cell[1:] if cell.startswith("'") else cell
                    assert plain == v or "more]" in plain[-20:], (name, c, cell, v)
                elif kinds[c] == "boolean":
                    assert cell == str(v).lower(), (name, c, cell, v)
                else:
                    assert float(cell) == v, (name, c, cell, v)
            rows += 1
        other = pyarrow.csv.read_csv(folder / "csv" / f"{name}.csv", parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True))
        assert other.num_rows == len(body) and other.column_names == head, name
    whole = pyarrow.parquet.read_table(folder / "parquet" / "articles.parquet").to_pylist()
    assert {a["article"]: a["text"] for a in whole} == {k: a["text"] for k, a in articles.items()}
    for name in "figures", "times", "places", "events", "blocks":
        for f in pyarrow.parquet.read_table(folder / "parquet" / f"{name}.parquet").to_pylist():
            assert words(f["article"], f["start"], f["end"]) == f["text"], (name, f)
    say("parquet and csv:", len(package["resources"]), "tables,", rows, "rows, alike")


def geo():
    """GeoJSON by the geojson library."""
    import geojson

    data = geojson.load(open(folder / "export.geojson", encoding="utf-8"))
    assert data.is_valid, data.errors()
    placed, precise = 0, {"country": 0, "water": 0, "region": 1, "city": 2, "site": 2}
    for f in data["features"]:
        p = f["properties"]
        assert words(p["article"], p["start"], p["end"]) == p["text"], f
        assert not set(p) & {"published", "person", "attribution", "source"}, f
        if f["geometry"] is None:
            continue
        placed += 1
        for x in f["geometry"]["coordinates"]:
            assert round(x, precise.get(p.get("precision"), 0)) == x, f
    assert len({f["id"] for f in data["features"]}) == len(data["features"])
    say("geojson:", len(data["features"]), "features,", placed, "with a position")


def prov():
    """PROV-O by rdflib, and by the prov library."""
    import rdflib
    from prov.model import ProvDocument

    g = rdflib.Graph()
    g.parse(folder / "export.prov", format="json-ld")
    P = rdflib.Namespace("http://www.w3.org/ns/prov#")
    entities = set(g.subjects(rdflib.RDF.type, P.Entity))
    agents = set(g.subjects(rdflib.RDF.type, P.Agent))
    counts = collections.Counter()
    for s, p, o in g:
        if p in (P.wasQuotedFrom, P.wasDerivedFrom, P.hadPrimarySource, P.wasRevisionOf, P.specializationOf):
            assert s in entities and o in entities, (s, p, o)
            assert s != o, (s, p, o)
            counts[p.split("#")[1]] += 1
        elif p == P.wasAttributedTo:
            assert s in entities and o in agents, (s, p, o)
            counts["wasAttributedTo"] += 1
        elif p in (P.qualifiedQuotation, P.qualifiedDerivation):
            assert g.value(o, P.entity) in entities, (s, p, o)
            counts[p.split("#")[1]] += 1
        elif str(p).startswith(str(P)):
            assert p in (P.entity, P.value), p
    for id in articles:
        assert rdflib.URIRef("urn:whence:article:" + id.removeprefix("sha256:")) in entities, id
    for name in "wasQuotedFrom", "hadPrimarySource", "wasRevisionOf", "wasAttributedTo":
        assert counts[name] > 0, name
    for passage, article in g.subject_objects(P.wasQuotedFrom):
        at, _, place = str(passage).partition("#")
        if place:
            spans = [tuple(map(int, part.removeprefix("char=").split(","))) for part in place.split(";")]
            text = articles["sha256:" + at.rsplit(":", 1)[1]]["text"]
            want = " ".join(text[a:b] for a, b in spans)
            assert str(g.value(passage, P.value)) == want, passage
    document = ProvDocument.deserialize(content=g.serialize(format="turtle"), format="rdf", rdf_format="turtle")
    say("prov:", len(g), "triples,", len(list(document.get_records())), "records,", dict(counts))


# The terms that the annotations use, as the Web Annotation Vocabulary defines them;
# its context cannot be loaded from here.
OA = "http://www.w3.org/ns/oa#"
CONTEXT = {"@context": {
    "id": "@id", "type": "@type", "Annotation": OA + "Annotation", "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "TextualBody": OA + "TextualBody", "TextQuoteSelector": OA + "TextQuoteSelector", "TextPositionSelector": OA + "TextPositionSelector", "TimeState": OA + "TimeState",
    "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"}, "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "classifying": OA + "classifying", "identifying": OA + "identifying", "linking": OA + "linking", "tagging": OA + "tagging",
    "body": {"@id": OA + "hasBody", "@type": "@id"}, "target": {"@id": OA + "hasTarget", "@type": "@id"}, "source": {"@id": OA + "hasSource", "@type": "@id"},
    "state": OA + "hasState", "selector": OA + "hasSelector", "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "exact": OA + "exact", "prefix": OA + "prefix", "suffix": OA + "suffix", "sourceDate": OA + "sourceDate",
    "start": {"@id": OA + "start", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
    "end": {"@id": OA + "end", "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"},
}}


def annotations():
    """Web Annotations by their shape, and as JSON-LD by PyLD."""
    from pyld import jsonld

    page = json.load(open(folder / "export.annotations", encoding="utf-8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    by_urn = {"urn:whence:article:" + k.removeprefix("sha256:"): a for k, a in articles.items()}
    ids, keys = set(), set()
    for a in page["items"]:
        assert a["type"] == "Annotation" and a["id"] not in ids and a["target"], a
        ids.add(a["id"])
        text = by_urn[a["id"].partition("#")[0]]["text"]
        for t in a["target"]:
            quote, place = t["selector"]
            assert quote["type"] == "TextQuoteSelector" and place["type"] == "TextPositionSelector", a
            s, e = place["start"], place["end"]
            assert text[s:e] == quote["exact"] and text[max(0, s - 32):s] == quote.get("prefix", "") and text[e:e + 32] == quote.get("suffix", ""), a
            assert re.fullmatch(r'(https?://|urn:)[^\s<>"{}|\\^`]+', t["source"]), a
        for b in a["body"]:
            assert isinstance(b, str) or b["type"] == "TextualBody", a

    def names(v):
        if isinstance(v, dict):
            for k, x in v.items():
                keys.add(k)
                names(x)
        elif isinstance(v, list):
            for x in v:
                names(x)

    names(page)
    assert all(b in ids for a in page["items"] for b in a["body"] if isinstance(b, str)), "a body links to nothing"
    options = {"documentLoader": lambda url, options: {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": CONTEXT}}
    unknown = keys - set(CONTEXT["@context"]) - {"@context"}
    assert not unknown, unknown
    part = {**page, "items": page["items"][:200]}
    expanded = jsonld.expand(part, options)
    list_ = expanded[0]["https://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(list_) == len(part["items"]) and all(OA + "hasTarget" in x for x in list_)
    say("annotations:", len(page["items"]), "on", len({a["id"].partition("#")[0] for a in page["items"]}), "articles")


for check in parquet, geo, prov, annotations:
    check()
