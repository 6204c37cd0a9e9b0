"""Custody's exports, read by programs that are not Custody's: rdflib, prov, pyshacl, Python's csv, Graphviz.

What they must hold is worked out here from the events alone. Prints what is wrong, then {"passed": n, "of": n}.
Arguments: folder of the exports, then the files of events.
"""
import csv
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from collections import Counter
from pathlib import Path

import pyshacl
import rdflib
from prov.model import ProvActivity, ProvAgent, ProvDerivation, ProvDocument, ProvEntity, ProvGeneration, ProvUsage
from rdflib.namespace import PROV, RDF, RDFS

folder = Path(sys.argv[1])
CUSTODY = rdflib.Namespace("https://custody.dev/ns/prov#")
passed = of = 0


def check(what, ok, got=None, wanted=None):
    global passed, of
    of += 1
    if ok:
        passed += 1
    else:
        print(f"not as the events say: {what}\n  got    {str(got)[:800]!r}\n  wanted {str(wanted)[:800]!r}")


def same(what, got, wanted):
    check(what, got == wanted, got, wanted)


def whole(text):
    """Half a surrogate pair cannot be written in UTF-8."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


events = []
for file in sys.argv[2:]:
    with open(file, encoding="utf-8") as lines:
        events += [json.loads(line) for line in lines if line.strip()]

assets, edges, guessed, owners, runs, wrote, reads = set(), set(), set(), set(), set(), set(), set()
for event in events:
    job = ("job", whole(event["job"]["namespace"]), whole(event["job"]["name"]))
    run = event["run"]["runId"].lower()
    runs.add(run)
    assets.add(job)
    owners |= {whole(o["name"]) for o in event["job"].get("facets", {}).get("ownership", {}).get("owners", [])}
    if not event.get("inputs") and "sql" in event["job"].get("facets", {}):
        guessed.add(job)
    for side in ("inputs", "outputs"):
        for dataset in event.get(side, []):
            name = ("dataset", whole(dataset["namespace"]), whole(dataset["name"]))
            assets.add(name)
            owners |= {whole(o["name"]) for o in dataset.get("facets", {}).get("ownership", {}).get("owners", [])}
            edges.add((name, job) if side == "inputs" else (job, name))
            (reads if side == "inputs" else wrote).add((run, name))


def fits(what, got, wanted, of_job):
    """Inputs that Custody read out of SQL may come on top."""
    more = {item for item in got - wanted if of_job(item) not in guessed}
    check(what, wanted <= got and not more, (wanted - got, more), "nothing missing, nothing more")


# --- CSV
with open(folder / "lineage.csv", encoding="utf-8", newline="") as file:
    head, *rows = csv.reader(file)
same("csv: its head", head[:3] + head[-1:], ["from_kind", "from_namespace", "from_name", "evidence_entry"])
same("csv: every row has every cell", {len(row) for row in rows}, {len(head)})
check("csv: no cell begins as a formula", not [c for r in rows for c in r if c.lstrip("\0 \t\r\n\"'")[:1] in tuple("=+-@") and c[:1] != "'"])
plain = lambda cell: cell[1:] if cell.startswith("'") else cell
told = {((r[0], plain(r[1]), plain(r[2])), (r[3], plain(r[4]), plain(r[5]))) for r in rows}
fits("csv: edges", told, edges, lambda edge: next(end for end in edge if end[0] == "job"))
same("csv: each edge once", len(rows), len(told))

# --- PROV-O
turtle, jsonld = rdflib.Graph(), rdflib.Graph()
turtle.parse(folder / "lineage.ttl", format="turtle")
jsonld.parse(folder / "lineage.jsonld", format="json-ld")
same("prov: Turtle and JSON-LD say the same", set(turtle) ^ set(jsonld), set())
named = {}
for kind, of_class in (("dataset", CUSTODY.Dataset), ("job", CUSTODY.Job)):
    for node in turtle.subjects(RDF.type, of_class):
        named[node] = (kind, str(turtle.value(node, CUSTODY.namespace)), str(turtle.value(node, CUSTODY.name)))
known = set(named.values())
check("prov: datasets and jobs", assets <= known and (known == assets or guessed), known - assets, assets - known)
same("prov: as many nodes as assets", len(named), len(known))
same("prov: runs", {str(a).removeprefix("urn:uuid:") for a in turtle.subjects(RDF.type, PROV.Activity)}, runs)
base = lambda version: named[turtle.value(version, PROV.specializationOf)]
made = {(str(run).removeprefix("urn:uuid:"), base(version)) for version, run in turtle.subject_objects(PROV.wasGeneratedBy)}
same("prov: what each run generated", made, wrote)
used = {(str(run).removeprefix("urn:uuid:"), base(version)) for run, version in turtle.subject_objects(PROV.used)}
job_of = {str(run).removeprefix("urn:uuid:"): named[job] for run, job in turtle.subject_objects(PROV.wasAssociatedWith)}
fits("prov: what each run used", used, reads, lambda use: job_of[use[0]])
agents = set(turtle.subjects(RDF.type, PROV.Agent)) - set(turtle.subjects(RDF.type, PROV.SoftwareAgent))
same("prov: owners", {str(turtle.value(agent, RDFS.label)) for agent in agents}, owners)
derived = set(turtle.subject_objects(PROV.wasDerivedFrom))
wanted = {(v, u) for v, run in turtle.subject_objects(PROV.wasGeneratedBy) for u in turtle.objects(run, PROV.used)}
same("prov: what was derived from what", derived, wanted)

document = ProvDocument.deserialize(str(folder / "lineage.ttl"), format="rdf", rdf_format="turtle")
read = Counter(type(record) for record in document.get_records())
same("prov, the package: activities", read[ProvActivity], len(runs))
same("prov, the package: entities", read[ProvEntity], len(set(turtle.subjects(RDF.type, PROV.Entity))))
same("prov, the package: agents", read[ProvAgent], len(set(turtle.subjects(RDF.type, PROV.Agent))))
same("prov, the package: usages", read[ProvUsage], len(used))
same("prov, the package: generations", read[ProvGeneration], len(made))
same("prov, the package: derivations", read[ProvDerivation], len(derived))
check("prov, the package: what it read it can write", len(document.serialize(format="json")) > 0)

conforms, _, report = pyshacl.validate(turtle, shacl_graph=str(Path(__file__).parent / "shapes.ttl"), shacl_graph_format="turtle")
check("prov: the SHACL shapes hold", conforms, report, "no violation")

# --- DOT
drawn = subprocess.run(["dot", "-Tsvg", str(folder / "lineage.dot")], capture_output=True, check=True)
same("dot: Graphviz has nothing to say", [line for line in drawn.stderr.decode().splitlines() if "rror" in line], [])
svg = {"s": "http://www.w3.org/2000/svg"}
picture = xml.fromstring(drawn.stdout)
label = lambda text: re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
shown = Counter("".join(t.text or "" for t in node.findall(".//s:text", svg)).replace("\xa0", " ").strip() for node in picture.iterfind(".//s:g[@class='node']", svg))
same("dot: labels", shown, Counter(label(name).strip() for _, _, name in known))
same("dot: edges", len(picture.findall(".//s:g[@class='edge']", svg)), len(told))

# --- Mermaid
lines = (folder / "lineage.mmd").read_text(encoding="utf-8").splitlines()
nodes = [re.fullmatch(r'  n(\d+)(\[\[|\[\()"([^"<>&`\\]+)"(\]\]|\)\])', line) for line in lines]
decoded = Counter(re.sub(r"#(\d+);", lambda m: chr(int(m[1])), m[3]) for m in nodes if m)
same("mermaid: labels", decoded, Counter(label(name) or " " for _, _, name in known))
same("mermaid: edges", len([line for line in lines if re.fullmatch(r"  n\d+ --> n\d+", line)]), len(told))
same("mermaid: nothing else", len(lines), 1 + len(known) + len(told))

print(json.dumps({"passed": passed, "of": of}))
