"""Asks a served ledger for everything that its description knows, and holds every
answer to the schema that the description gives for it.

usage: conform.py ADDRESS
"""
import json
import sys
import urllib.error
import urllib.parse
import urllib.request

import jsonschema
from openapi_spec_validator import OpenAPIV31SpecValidator

address = sys.argv[1]


def fetch(path, **query):
    url = address + path + ("?" + urllib.parse.urlencode(query) if query else "")
    try:
        with urllib.request.urlopen(url) as r:
            return r.status, r.headers["Content-Type"], r.read()
    except urllib.error.HTTPError as e:
        return e.code, e.headers["Content-Type"], e.read()


_, _, data = fetch("/openapi.json")
spec = json.loads(data)
OpenAPIV31SpecValidator(spec).validate()
print("openapi", spec["openapi"], "valid,", len(spec["paths"]), "paths,", len(spec["components"]["schemas"]), "schemas")

checked = 0
failed = 0


def check(template, path, want=200, **query):
    """Gets one answer, and gives it when it is as described."""
    global checked, failed
    status, media, data = fetch(path, **query)
    response = spec["paths"][template]["get"]["responses"].get(str(status))
    if status != want or response is None:
        failed += 1
        print("FAILED", path, query, "answered", status, data[:200])
        return None
    body = json.loads(data)
    schema = response["content"][media.split(";")[0]]["schema"]
    validator = jsonschema.Draft202012Validator({**schema, "components": spec["components"]})
    errors = list(validator.iter_errors(body))
    for e in errors[:3]:
        failed += 1
        print("FAILED", path, query, list(e.absolute_path), e.message[:200])
    checked += 1
    return body


def pages(template, path, **query):
    """Goes through a list page by page."""
    items, cursor = [], {}
    while True:
        part = check(template, path, **query, **cursor)
        if part is None:
            return items
        items += part["items"]
        if "next" not in part:
            return items
        cursor = {"cursor": part["next"]}


V = "/api/v1"
check(V + "/health", V + "/health")
stories = pages(V + "/stories", V + "/stories", least=1, limit=3)
assert len(stories) == len({s["story"] for s in stories}) > 3, "stories are repeated"
for s in stories:
    story = check(V + "/stories/{story}", f"{V}/stories/{s['story']}")
    for part, limit in ("claims", 20), ("figures", 2), ("articles", 3):
        template = V + "/stories/{story}/" + part
        items = pages(template, f"{V}/stories/{s['story']}/{part}", limit=limit)
        assert items == (story.get(part) or []), f"the pages of {part} are not those of {s['story']}"
    for a in story["articles"]:
        check(V + "/articles/{article}", f"{V}/articles/{a['article']}")
        check(V + "/articles/{article}/findings", f"{V}/articles/{a['article']}/findings")
    for c in story["claims"][:5]:
        check(V + "/claims/{claim}", f"{V}/claims/{c['claim']}")
    check(V + "/reviews/queue", V + "/reviews/queue", story=s["story"])
check(V + "/reviews/queue", V + "/reviews/queue")
for name in "harbour master", "ministry", "officials", "nobody at all":
    check(V + "/sources", V + "/sources", name=name)
found = pages(V + "/search", V + "/search", q="Karvik", limit=2)
assert len(found) == len({f["article"] for f in found}) > 4, "hits are repeated"
# Errors are described too.
for template, path, want, query in (
    (V + "/search", V + "/search", 422, {"q": "status:maybe"}),
    (V + "/search", V + "/search", 422, {"q": "x", "cursor": "zzz"}),
    (V + "/search", V + "/search", 422, {}),
    (V + "/stories", V + "/stories", 422, {"limit": 100000}),
    (V + "/stories/{story}", V + "/stories/sffffffffff", 404, {}),
    (V + "/claims/{claim}", V + "/claims/cffffffffff", 404, {}),
    (V + "/articles/{article}", V + "/articles/x", 404, {}),
):
    check(template, path, want, **query)
print(checked, "answers checked,", failed, "failed")
sys.exit(failed > 0)
