"""DAGs made by classes; calls of decorated functions in every form."""

from __future__ import annotations
from abc import ABC, abstractmethod
from datetime import datetime
from enum import Enum, StrEnum, auto
from types import SimpleNamespace
import itertools
from airflow.sdk import dag, task, task_group, DAG, TaskGroup, chain, XComArg, get_current_context, Param
from airflow.sdk.definitions.edges import Label
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.providers.standard.operators.bash import BashOperator

class Stage(StrEnum):
    RAW = "raw"
    CLEAN = "clean"

class Base(ABC):
    table: str = "none"
    def __init__(self, env="dev"):
        self.env = env
    @abstractmethod
    def body(self): ...
    @property
    def dag_id(self): return f"{self.table}_{self.env}"
    @classmethod
    def make(cls, **kw):
        return cls(**kw).build()
    @staticmethod
    def empty(name):
        return EmptyOperator(task_id=name)
    def build(self):
        with DAG(self.dag_id, schedule=None, start_date=datetime(2024,1,1)) as d:
            s = self.empty("s")
            s >> self.body()
        return d

class Orders(Base):
    table = "orders"
    def __init__(self, env="prod", extra=1):
        super().__init__(env)
        self.extra = extra
    def body(self):
        return [self.empty(f"{stage.value}_{self.extra}") for stage in Stage]

class Users(Base):
    table = "users"
    def body(self):
        with TaskGroup("tg") as tg:
            self.empty("in")
        return tg

orders = Orders.make(extra=3)
users = Users(env="eu").build()

@task
def extract(src: str = "x") -> dict: return {"a": 1}
@task
def transform(d: dict, k=None): return d
@task(task_id="load_it", pool="p")
def load(d, *more, **kw): pass
@task.virtualenv(requirements=["pandas==2.0"])
def venv(x): return x
@task.branch(task_id="br")
def br(): return ["load_it"]
@task.python
def plain(): return 1
@task.python(multiple_outputs=True)
def multi(): return {}
@task.external_python(python="/usr/bin/python3")
def extpy(): return 1

@dag("explicit_id", schedule=None, start_date=datetime(2024, 1, 1), params={"p": Param(1)})
def flow(x=1):
    e = extract()
    t = transform(e, k=e["a"])
    load(t, extract.override(task_id="e2")("y"), z={"q": [transform(extract("z"))]})
    v = venv.override(task_id="v2", trigger_rule="all_done")(t)
    br() >> Label("yes") >> [load.override(task_id="l2")(1), load.override(task_id="l3")(2)] >> plain()
    m = multi()
    a, b = m["a"], m["b"]
    transform.partial(k=a).expand(d=[1, 2])
    transform.partial(k=[a]).override(task_id="tt").expand(d=extract.expand(src=["1", "2"]))
    extpy() >> v
    PythonOperator(task_id="po", python_callable=lambda a: a, op_kwargs={"a": XComArg(e.operator)})
    BashOperator(task_id="bo", bash_command="echo " + str(t))
    BashOperator(task_id="bo2", bash_command=t)
    [extract.override(task_id=f"loop_{i}")(str(i)) for i in range(3)]
    @task_group
    def outer(n):
        @task_group
        def inner(k):
            return transform(k)
        r = [inner(i) for i in range(n)]
        @task
        def merge(xs): return xs
        return merge(r)
    o = outer(2)
    o2 = outer(1)
    o >> o2
    @task_group(group_id="noreturn")
    def nr():
        extract() >> load(1)
    start = EmptyOperator(task_id="start"); stop = EmptyOperator(task_id="stop")
    start >> nr() >> stop
    chain(start, Label("l"), EmptyOperator(task_id="aft"))
    @task(trigger_rule="all_done", retries=2)
    def cleanup(): pass
    stop >> cleanup().as_teardown(setups=e)
    ns = SimpleNamespace(a=EmptyOperator(task_id="nsa"), b=EmptyOperator(task_id="nsb"))
    ns.a >> ns.b
    for (p, q), r in zip(itertools.combinations(["i", "j", "k"], 2), itertools.count(1)):
        EmptyOperator(task_id=f"comb_{p}{q}{r}")
flow_dag = flow()

@dag(schedule="@once", start_date=datetime(2024, 1, 1))
def second(): 
    extract() >> load({})
second()
second.override if False else None

def build(n):
    @dag(dag_id=f"made_{n}", schedule=None, start_date=datetime(2024,1,1))
    def inner():
        extract.override(task_id=f"x{n}")()
    return inner()
for n in range(2):
    build(n)
d3 = DAG("late", schedule=None)
with d3:
    t1 = EmptyOperator(task_id="t1")
with d3:
    t1 >> EmptyOperator(task_id="t2")
with DAG("outer_dag", schedule=None), TaskGroup("grp"):
    EmptyOperator(task_id="z")
with (
    DAG("paren", schedule=None) as pd,
    TaskGroup("pg") as pg,
):
    z = EmptyOperator(task_id="z")
    z2 = EmptyOperator(task_id="z2")
    pg2 = TaskGroup("pg2")
    with pg2:
        z3 = EmptyOperator(task_id="z3")
    z >> pg2 >> z2
    pg.add if False else None
