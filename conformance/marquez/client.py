"""Every read method of marquez-python against a Custody server that took the events of the files given.

What the answers must be is worked out here from the events alone. Prints what is wrong, then {"passed": n, "of": n}.
"""
import json
import os
import sys
import warnings
from collections import defaultdict
from datetime import datetime, timezone

import requests
from marquez_client import MarquezClient
from marquez_client.errors import APIError

warnings.simplefilter("ignore")
URL, KEY = os.environ["CUSTODY_URL"], os.environ["CUSTODY_KEY"]
client = MarquezClient(URL, timeout_ms=60_000, api_key=KEY)
passed = of = 0


def check(what, ok, got=None, wanted=None):
    global passed, of
    of += 1
    if ok:
        passed += 1
    else:
        print(f"not as the events say: {what}\n  got    {str(got)[:600]}\n  wanted {str(wanted)[:600]}")


def same(what, got, wanted):
    check(what, got == wanted, got, wanted)


def millis(text):
    text = text.replace("Z", "+00:00")
    # Python reads at most microseconds, Custody keeps milliseconds.
    head, dot, rest = text.partition(".")
    if dot:
        digits = "".join(c for c in rest[: len(rest) - 6] if c.isdigit())
        text = f"{head}.{(digits + '000')[:3]}000{rest[-6:]}"
    at = datetime.fromisoformat(text).astimezone(timezone.utc)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def pairs(datasets):
    return {(d["namespace"], d["name"]) for d in datasets}


# --- What the events say
events = []
for file in sys.argv[1:]:
    with open(file, encoding="utf-8") as lines:
        events += [json.loads(line) for line in lines if line.strip()]

ENDS = {"COMPLETE": "COMPLETED", "FAIL": "FAILED", "ABORT": "ABORTED"}
jobs, datasets, runs = {}, {}, {}
for event in sorted(events, key=lambda e: millis(e["eventTime"])):
    at = millis(event["eventTime"])
    job = (event["job"]["namespace"], event["job"]["name"])
    known = jobs.setdefault(job, {"inputs": set(), "outputs": set(), "runs": {}, "facets": set(), "guessed": False, "first": at, "last": at})
    known["last"] = at
    known["inputs"] |= pairs(event.get("inputs", []))
    known["outputs"] |= pairs(event.get("outputs", []))
    # Where a producer names no inputs Custody reads them out of the event's own SQL.
    known["guessed"] |= not event.get("inputs") and "sql" in event["job"].get("facets", {})
    run = runs.setdefault(event["run"]["runId"].lower(), {"job": job, "state": "NEW", "start": None, "end": None, "facets": set(), "jobFacets": set(), "inputs": set(), "outputs": set()})
    known["runs"][event["run"]["runId"].lower()] = at
    kind = event.get("eventType", "OTHER")
    if kind == "START":
        run["start"] = min(run["start"] or at, at)
    if kind in ENDS:
        run["end"], run["state"] = at, ENDS[kind]
    elif run["end"] is None and kind in ("START", "RUNNING"):
        run["state"] = "RUNNING"
    run["facets"] |= set(event["run"].get("facets", {}))
    run["jobFacets"] |= set(event["job"].get("facets", {}))
    for side in ("inputs", "outputs"):
        run[side] |= pairs(event.get(side, []))
        for dataset in event.get(side, []):
            key = (dataset["namespace"], dataset["name"])
            about = datasets.setdefault(key, {"fields": None, "writers": set(), "first": at, "last": at, "columns": {}})
            about["last"] = at
            facets = dataset.get("facets", {})
            if facets.get("schema", {}).get("fields"):
                about["fields"] = facets["schema"]["fields"]
            if side == "outputs":
                about["writers"].add(event["run"]["runId"].lower())
            if "columnLineage" in facets:
                about["columns"] = facets["columnLineage"]["fields"]

tags = set()
for event in events:
    holders = [event["job"], *event.get("inputs", []), *event.get("outputs", [])]
    for holder in holders:
        for tag in holder.get("facets", {}).get("tags", {}).get("tags", []):
            if not tag.get("field"):
                value = tag.get("value")
                tags.add(tag["key"] if value in (None, "", "true", tag["key"]) else f"{tag['key']}:{value}")


def everything(read, member, size=7):
    """All pages of a list, in pages of `size`."""
    found, offset = [], 0
    while True:
        page = read(limit=size, offset=offset)[member]
        found += page
        offset += size
        if len(page) < size:
            return found


# --- Namespaces and sources
spaces = {namespace for namespace, _ in [*jobs, *datasets]}
listed = client.list_namespaces()["namespaces"]
same("list_namespaces: the first page", [n["name"] for n in listed], sorted(n["name"] for n in listed))
guessed = {(d["namespace"], d["name"]) for n in listed for d in client.list_datasets(n["name"])["datasets"]} - set(datasets)
check("only jobs with SQL and without inputs have datasets that no event names", not guessed or any(j["guessed"] for j in jobs.values()), guessed)
same("list_namespaces", {n["name"] for n in listed}, spaces | {namespace for namespace, _ in guessed})
same("list_namespaces in pages", [n["name"] for n in everything(client.list_namespaces, "namespaces", 2)], [n["name"] for n in listed])
for namespace in sorted(spaces):
    answer = client.get_namespace(namespace)
    same(f"get_namespace {namespace}", answer["name"], namespace)
    first = min(known["first"] for (space, _), known in [*jobs.items(), *datasets.items()] if space == namespace)
    same(f"get_namespace {namespace}: when it was first named", answer["createdAt"], first)
same("list_sources", {s["name"] for s in client.list_sources()["sources"]}, {n for n, _ in datasets} | {n for n, _ in guessed})
for namespace in {n for n, _ in datasets}:
    same(f"get_source {namespace}", client.get_source(namespace)["name"], namespace)

# --- Datasets
for namespace in sorted({n for n, _ in datasets}):
    wanted = {name for space, name in [*datasets, *guessed] if space == namespace}
    whole = client.list_datasets(namespace, limit=1000)
    same(f"list_datasets {namespace}", {d["name"] for d in whole["datasets"]}, wanted)
    same(f"list_datasets {namespace}: totalCount", whole["totalCount"], len(wanted))
    paged = everything(lambda limit, offset: client.list_datasets(namespace, limit, offset), "datasets", 10)
    same(f"list_datasets {namespace} in pages", [d["name"] for d in paged], sorted(wanted))
for (namespace, name), known in datasets.items():
    answer = client.get_dataset(namespace, name)
    label = f"get_dataset {namespace} {name}"
    same(label, answer["id"], {"namespace": namespace, "name": name})
    fields = [(f["name"], f.get("type")) for f in known["fields"] or [] if not f.get("fields")]
    got = [(f["name"], f["type"]) for f in answer["fields"]]
    if any(f.get("fields") for f in known["fields"] or []):
        check(f"{label}: nested fields", {f["name"] for f in known["fields"]} <= {n for n, _ in got}, got)
    else:
        same(f"{label}: fields", got, fields)
    same(f"{label}: times", (answer["createdAt"], answer["updatedAt"]), (known["first"], known["last"]))
    claimed = {c: {(i["namespace"], i["name"], i["field"]) for i in v["inputFields"]} for c, v in known["columns"].items()}
    if claimed:
        got = {c["name"]: {(i["namespace"], i["dataset"], i["field"]) for i in c["inputFields"]} for c in answer["columnLineage"]}
        same(f"{label}: columnLineage", got, claimed)
        graph = {n["id"]: n for n in client.get_column_lineage_by_dataset(namespace, name, depth=1)["graph"]}
        for column, sources in claimed.items():
            node = graph[f"datasetField:{namespace}:{name}:{column}"]
            got = {(i["namespace"], i["dataset"], i["field"]) for i in node["data"]["inputFields"]}
            same(f"get_column_lineage_by_dataset {name}: {column}", got, sources)
            ids = {f"datasetField:{n}:{d}:{f}" for n, d, f in sources}
            same(f"get_column_lineage_by_dataset {name}: {column}: inEdges", {e["destination"] for e in node["inEdges"]}, ids)
            check(f"get_column_lineage_by_dataset {name}: {column}: its sources are in the graph", ids <= set(graph), set(graph), ids)
        column, sources = sorted(claimed.items())[0]
        one = client.get_column_lineage_by_dataset_field(namespace, name, column, depth=1)["graph"]
        wanted = {f"datasetField:{namespace}:{name}:{column}"} | {f"datasetField:{n}:{d}:{f}" for n, d, f in sources}
        same(f"get_column_lineage_by_dataset_field {name} {column}", {n["id"] for n in one}, wanted)
        source = sorted(sources)[0]
        below = client.get_column_lineage_by_dataset_field(*source, depth=1, with_downstream=True)["graph"]
        check(
            f"get_column_lineage_by_dataset_field {source}: downstream",
            f"datasetField:{namespace}:{name}:{column}" in {n["id"] for n in below},
            [n["id"] for n in below],
        )
        writer = runs[sorted(known["writers"])[-1]]["job"]
        by_job = {n["id"] for n in client.get_column_lineage_by_job(*writer, depth=1)["graph"]}
        check(f"get_column_lineage_by_job {writer}", wanted <= by_job, by_job, wanted)
    versions = client.list_dataset_versions(namespace, name, limit=1000)["versions"]
    writers = {v["createdByRun"]["id"] for v in versions if v["createdByRun"]}
    same(f"list_dataset_versions {namespace} {name}", writers, known["writers"])
    check(f"{label}: currentVersion is the newest", answer["currentVersion"] == versions[0]["version"], answer["currentVersion"])
    check(f"{label}: versions are told apart", len({v["version"] for v in versions}) == len(versions))
    for version in versions[:3]:
        same(f"get_dataset_version {name}", client.get_dataset_version(namespace, name, version["version"]), version)

# --- Jobs and runs
for namespace in sorted({n for n, _ in jobs}):
    wanted = {name for space, name in jobs if space == namespace}
    whole = client.list_jobs(namespace, limit=1000)
    same(f"list_jobs {namespace}", {j["name"] for j in whole["jobs"]}, wanted)
    same(f"list_jobs {namespace}: totalCount", whole["totalCount"], len(wanted))
    paged = everything(lambda limit, offset: client.list_jobs(namespace, limit, offset), "jobs", 9)
    same(f"list_jobs {namespace} in pages", [j["name"] for j in paged], sorted(wanted))
for (namespace, name), known in jobs.items():
    answer = client.get_job(namespace, name)
    label = f"get_job {namespace} {name}"
    same(label, answer["id"], {"namespace": namespace, "name": name})
    inputs = pairs(answer["inputs"])
    check(f"{label}: inputs", inputs == known["inputs"] or (known["guessed"] and inputs >= known["inputs"]), inputs, known["inputs"])
    same(f"{label}: outputs", pairs(answer["outputs"]), known["outputs"])
    latest = max(known["runs"], key=lambda run: known["runs"][run])
    check(f"{label}: latestRun", known["runs"][answer["latestRun"]["id"]] == known["runs"][latest], answer["latestRun"]["id"], latest)
    listed_runs = client.list_job_runs(namespace, name, limit=1000)["runs"]
    same(f"list_job_runs {namespace} {name}", {r["id"] for r in listed_runs}, set(known["runs"]))
    order = [known["runs"][r["id"]] for r in listed_runs]
    same(f"list_job_runs {namespace} {name}: the latest first", order, sorted(order, reverse=True))
for run_id, known in runs.items():
    run = client.get_job_run(run_id)
    label = f"get_job_run {run_id}"
    same(label, (run["id"], run["state"]), (run_id, known["state"]))
    same(f"{label}: times", (run["startedAt"], run["endedAt"]), (known["start"], known["end"]))
    same(f"{label}: facets", set(run["facets"]), known["facets"])
    same(f"{label}: its job", (run["jobVersion"]["namespace"], run["jobVersion"]["name"]), known["job"])
    read = {(v["namespace"], v["name"]) for v in run["inputVersions"]}
    check(f"{label}: inputVersions", read == known["inputs"] or (read >= known["inputs"] and jobs[known["job"]]["guessed"]), read, known["inputs"])
    same(f"{label}: outputVersions", {(v["namespace"], v["name"]) for v in run["outputVersions"]}, known["outputs"])
    for version in run["outputVersions"]:
        made = client.get_dataset_version(version["namespace"], version["name"], version["version"])
        same(f"{label}: the version it wrote names it", made["createdByRun"]["id"], run_id)

# --- Tags and events
same("list_tags", {t["name"] for t in client.list_tags()["tags"]}, tags)
key = lambda e: (e["eventTime"], e.get("eventType"), e["run"]["runId"], e["job"]["name"])
told = everything(client.list_events, "events", 50)
same("list_events", sorted(map(key, told)), sorted(map(key, events)))
order = [millis(e["eventTime"]) for e in told]
same("list_events: newest first", order, sorted(order, reverse=True))
for namespace in sorted({n for n, _ in jobs}):
    wanted = sorted(key(e) for e in events if e["job"]["namespace"] == namespace)
    same(f"list_events {namespace}", sorted(map(key, client.list_events(namespace, limit=1000)["events"])), wanted)

# --- Refusals
for what, call in {
    "a namespace that is not there": lambda: client.get_namespace("not-there"),
    "a dataset that is not there": lambda: client.get_dataset("bank", "not-there"),
    "a version that is not there": lambda: client.get_dataset_version(*next(iter(datasets)), "0e89b60a-d80d-42ae-a12b-bd79ae1fb576"),
    "a job that is not there": lambda: client.get_job("bank", "not-there"),
    "a run that is not there": lambda: client.get_job_run("0e89b60a-d80d-42ae-a12b-bd79ae1fb576"),
    "a source that is not there": lambda: client.get_source("not-there"),
    "a write": lambda: client.create_namespace("new", "me"),
    "a tag": lambda: client.create_tag("new"),
}.items():
    try:
        check(f"{what} is refused", False, call())
    except APIError as error:
        body = error.__cause__.response.json()
        check(f"{what} is refused", isinstance(body["message"], str) and body["code"] == error.__cause__.response.status_code, body)
same("without a token", requests.get(f"{URL}/api/v1/namespaces", timeout=10).status_code, 401)

# --- Names that must be escaped, written by the client's own way of writing addresses
for n, (namespace, name) in enumerate([
    ("s3://lake/a b", "x/y:z#1?q=2&r=3+4%2F%25"),
    ("kafka://broker:9092", "ünïcode-名前-🙂"),
    ("a%2Fb", "..%2f..;{}[]\\\"'<>|^`"),
]):
    event = {
        "eventType": "COMPLETE", "eventTime": f"2026-11-23T00:00:0{n}Z", "producer": "https://example.invalid/nasty",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "run": {"runId": f"0e89b60a-d80d-42ae-a12b-bd79ae1fb57{n}"}, "job": {"namespace": namespace, "name": name},
        "inputs": [], "outputs": [{"namespace": namespace, "name": name}],
    }
    sent = requests.post(f"{URL}/api/v1/lineage", json=event, headers={"Authorization": f"Bearer {KEY}"}, timeout=10)
    same("an event with such names is taken", sent.status_code, 201)
    same(f"get_namespace {namespace}", client.get_namespace(namespace)["name"], namespace)
    same(f"get_dataset {name}", client.get_dataset(namespace, name)["name"], name)
    same(f"list_dataset_versions {name}", len(client.list_dataset_versions(namespace, name)["versions"]), 1)
    same(f"get_job {name}", client.get_job(namespace, name)["latestRun"]["id"], event["run"]["runId"])
    same(f"list_job_runs {name}", len(client.list_job_runs(namespace, name)["runs"]), 1)

print(json.dumps({"passed": passed, "of": of}))
