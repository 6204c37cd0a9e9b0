"""Loads orders of several countries into a warehouse: loops, lists, chains, groups in groups."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from airflow.sdk import DAG, Label, TaskGroup, chain, chain_linear, cross_downstream

COUNTRIES = ["de", "fr", "it"]
STAGES = {"extract": 1, "clean": 2, "load": 3}
PREFIX = "warehouse"
ROOT = Path("/opt") / "etl"

default_args = {"owner": "warehouse-team", "retries": 2, "retry_delay": timedelta(minutes=5)}


def notify(**context):
    print(context["ds"])


def pick(**context):
    return "load_de"


def make_stage(country: str, stage: str, order: int = 0) -> BashOperator:
    return BashOperator(task_id=f"{stage}_{country}", bash_command=f"{ROOT}/run.sh {stage} {country} {order}")


with DAG(
    dag_id=f"{PREFIX}_load",
    schedule="0 3 * * *",
    start_date=datetime(2024, 1, 1),
    catchup=False,
    default_args=default_args,
    tags=["warehouse", "orders"],
) as dag:
    start = EmptyOperator(task_id="start")
    finish = EmptyOperator(task_id="finish", trigger_rule="none_failed_min_one_success")
    last = []
    for country in COUNTRIES:
        previous = start
        for stage, order in STAGES.items():
            current = make_stage(country, stage, order=order)
            previous >> current
            previous = current
        last.append(previous)
    last >> finish

    with TaskGroup("checks", tooltip="Checks after the load") as checks:
        rows = BashOperator(task_id="rows", bash_command="check rows")
        with TaskGroup("inner") as inner:
            nulls = EmptyOperator(task_id="nulls")
            doubles = EmptyOperator(task_id="doubles")
            nulls >> doubles
        with TaskGroup("flat", prefix_group_id=False):
            flat = EmptyOperator(task_id="flat_task")
            with TaskGroup("deep"):
                EmptyOperator(task_id="deep_task")
        rows >> inner
    finish >> checks

    tell = PythonOperator(task_id="tell", python_callable=notify)
    checks >> tell

    a, b, c, d = [EmptyOperator(task_id=f"c{i}") for i in range(4)]
    chain(tell, [a, b], [c, d])
    ends = [EmptyOperator(task_id=f"end_{name}") for name in ("x", "y")]
    cross_downstream([c, d], ends)
    chain_linear(ends, [EmptyOperator(task_id="z1"), EmptyOperator(task_id="z2")], EmptyOperator(task_id="z3"))

    branch = BranchPythonOperator(task_id="branch", python_callable=pick)
    yes, no = EmptyOperator(task_id="yes"), EmptyOperator(task_id="no")
    branch >> Label("good") >> yes
    branch >> Label("bad") >> no
    [yes, no] << ShortCircuitOperator(task_id="guard", python_callable=lambda: True)
    branch.set_upstream(ends[0])
    no.set_downstream([tell_again := EmptyOperator(task_id="tell_again")])
