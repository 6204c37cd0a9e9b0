"""Runs dbt on the project `shop`, changes the project, runs dbt again, and keeps what dbt wrote both times.

usage: python make.py OUT [--all]

OUT/before and OUT/after get manifest.json, catalog.json and run_results.json, and dbt-ol.jsonl: the events that dbt's
own OpenLineage integration sends for the same `dbt build`. Macros, which are dbt's own and most of a manifest, and
folders of this machine are cut out unless --all is given.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
REMOVED = ["models/marts/daily_revenue.sql", "models/marts/late_orders.sql", "snapshots/customers_snapshot.sql"]


def main() -> None:
    out = Path(sys.argv[1]).resolve()
    whole = "--all" in sys.argv
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary) / "shop"
        shutil.copytree(HERE / "shop", project)
        env = {
            **os.environ,
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "OPENLINEAGE_NAMESPACE": "bank_dbt",
            "OPENLINEAGE__TRANSPORT__TYPE": "file",
            "OPENLINEAGE__TRANSPORT__APPEND": "true",
        }
        # A source must be there before what reads it is built.
        run(["dbt", "-q", "seed"], project, env)
        build(project, env, out / "before", whole)
        for path in REMOVED:
            (project / path).unlink()
        shutil.copytree(HERE / "changed", project, dirs_exist_ok=True)
        build(project, env, out / "after", whole)


def build(project: Path, env: dict, out: Path, whole: bool) -> None:
    out.mkdir(parents=True, exist_ok=True)
    events = out / "dbt-ol.jsonl"
    events.unlink(missing_ok=True)
    # A customer without an order has no lifetime value, so one test of the first project fails, as it should: status 1.
    run(["dbt-ol", "build"], project, {**env, "OPENLINEAGE__TRANSPORT__LOG_FILE_PATH": str(events)}, (0, 1))
    run(["dbt", "-q", "docs", "generate", "--no-compile"], project, env)
    for name in ("manifest.json", "catalog.json", "run_results.json"):
        text = (project / "target" / name).read_text()
        artifact = json.loads(text if whole else text.replace(str(project), "shop"))
        if not whole:
            for part in ("macros", "docs", "parent_map", "child_map", "disabled"):
                artifact.pop(part, None)
        (out / name).write_text(json.dumps(artifact, indent=1) + "\n")


def run(command: list, folder: Path, env: dict, allowed: tuple = (0,)) -> None:
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode not in allowed:
        sys.exit(f"{command}: {done.stdout}{done.stderr}")


main()
