"""DAGs without `with`: dag=, factories, classes, dictionaries of tasks, while loops, globals()."""

import json
import os
from collections import namedtuple
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import product

import airflow.sdk as sdk
from airflow.models.dag import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import BaseOperator, Variable
from airflow.sdk import TaskGroup as Group

CONFIG = json.loads('{"tables": ["a", "b"], "depth": 3}')
ENVIRONMENT = os.getenv("CUSTODY_TEST_STAGE", "dev")


class Region(Enum):
    EU = "eu"
    US = "us"


@dataclass
class Source:
    name: str
    region: Region = Region.EU

    @property
    def task_name(self):
        return f"read_{self.name}_{self.region.value}"


Target = namedtuple("Target", ["name", "size"])


class CopyOperator(BaseOperator):
    template_fields = ("source",)

    def __init__(self, source=None, target=None, **kwargs):
        super().__init__(**kwargs)
        self.source = source
        self.target = target


class NamedOperator(CopyOperator):
    def __init__(self, table, **kwargs):
        super().__init__(task_id=f"named_{table}", source=table, **kwargs)


class Factory:
    kind = "factory"

    def __init__(self, name, steps=2):
        self.name = name
        self.steps = steps
        self.tasks = []

    def step(self, dag, number):
        task = EmptyOperator(task_id=f"{self.kind}_{self.name}_{number}", dag=dag)
        if self.tasks:
            self.tasks[-1] >> task
        self.tasks.append(task)
        return task

    def build(self):
        dag = DAG(f"{self.kind}_{self.name}", schedule=None, start_date=datetime(2024, 1, 1))
        number = 0
        while number < self.steps:
            self.step(dag, number)
            number += 1
        return dag


for name in ("north", "south"):
    globals()[f"dag_{name}"] = Factory(name, steps=3).build()

classic = DAG("classic_" + ENVIRONMENT, schedule="@hourly", start_date=datetime(2024, 1, 1), catchup=False)
sources = [Source("x"), Source(name="y", region=Region.US)]
reads = {s.name: EmptyOperator(task_id=s.task_name, dag=classic) for s in sources}
copy = CopyOperator(task_id="copy", source=reads["x"].output, target=reads["y"].output, dag=classic)
for table in CONFIG["tables"]:
    NamedOperator(table=table, dag=classic).set_upstream(copy)
for target, region in product([Target("t", 1), Target("u", size=2)], Region):
    t = BashOperator(
        task_id="write_%s_%s" % (target.name, region.value),
        bash_command="write {name} {size}".format(name=target.name, size=target.size),
        dag=classic,
    )
    reads["y"] >> t
    if target.size > 1 and region != Region.US:
        t >> EmptyOperator(task_id="-".join(["big", target.name]), dag=classic)

group = Group("later", dag=classic)
with classic, group:
    wait = ExternalTaskSensor(task_id="wait", external_dag_id="factory_north", external_task_id="factory_north_0")
    done = EmptyOperator(task_id="done")
wait >> done
copy >> group
late = EmptyOperator(task_id="late")
done >> late
by_group = EmptyOperator(task_id="by_group", task_group=group, dag=classic)

with sdk.DAG(dag_id="module_style", schedule=None) as module_style:
    first, *rest = (EmptyOperator(task_id=f"s{i:02d}") for i in range(1, 5))
    for before, after in zip([first, *rest], rest):
        before >> after
    match ENVIRONMENT:
        case "prod":
            EmptyOperator(task_id="in_prod")
        case "dev":
            EmptyOperator(task_id="in_dev")
    try:
        raise ImportError("not here")
        EmptyOperator(task_id="with_import")
    except ImportError:
        EmptyOperator(task_id="without_import")
    list(module_style.tasks)[0] >> EmptyOperator(task_id="after_first")

unused = DAG("never_found", schedule=None) if False else None
