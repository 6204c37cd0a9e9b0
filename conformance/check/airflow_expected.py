"""Prints what Airflow itself finds in DAG files, a line of JSON each, in the form of testdata/dags/expected.jsonl.

    python -m venv af && af/bin/pip install apache-airflow==3.3.2
    af/bin/python conformance/check/airflow_expected.py testdata/dags/*.py > testdata/dags/expected.jsonl
"""

import importlib.util
import json
import logging
import os
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
os.environ.setdefault("AIRFLOW_HOME", tempfile.mkdtemp(prefix="airflow-"))

from airflow.sdk import DAG  # noqa: E402
from airflow.sdk.definitions._internal.contextmanager import DagContext  # noqa: E402


def dags_in(path):
    name = os.path.basename(path)[:-3]
    DagContext.autoregistered_dags.clear()
    DagContext.current_autoregister_module_name = name
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = {dag.dag_id: dag for dag in vars(module).values() if isinstance(dag, DAG)}
    found.update({dag.dag_id: dag for dag, _ in DagContext.autoregistered_dags})
    return [found[dag_id] for dag_id in sorted(found)]


def told(dag):
    schedule = dag.schedule
    return {
        "dag_id": dag.dag_id,
        "schedule": schedule if schedule is None or isinstance(schedule, str) else type(schedule).__name__,
        "tags": sorted(dag.tags),
        "tasks": [task_told(task) for task in sorted(dag.tasks, key=lambda task: task.task_id)],
    }


def task_told(task):
    operator = task.operator_class.__name__ if task.is_mapped else type(task).__name__
    return {
        "task_id": task.task_id,
        "operator": operator,
        "upstream": sorted(task.upstream_task_ids),
        "mapped": bool(task.is_mapped),
        "group": task.task_group.group_id if task.task_group is not None else None,
        "inlets": [getattr(one, "uri", None) or str(one) for one in task.inlets or []],
        "outlets": [
            getattr(one, "uri", None) or getattr(one, "name", None) or str(one) for one in task.outlets or []
        ],
    }


for path in sys.argv[1:]:
    print(json.dumps({"file": os.path.basename(path), "dags": [told(dag) for dag in dags_in(path)]}))
