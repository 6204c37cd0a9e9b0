"""Groups that return lists and dicts, mapped operators and their outputs, DAGs that nothing holds, context managers."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.branch import BaseBranchOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.providers.standard.operators.weekday import BranchDayOfWeekOperator
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import DAG, BaseSensorOperator, Label, TaskGroup, XComArg, chain, dag, setup, task, task_group, teardown

SETTINGS = {"default_args": {"owner": "o"}, "schedule": "@hourly", "start_date": datetime(2024, 1, 1), "catchup": False}


class Wait(BaseSensorOperator):
    template_fields = ("for_what", "extra")

    def __init__(self, *, for_what, extra=None, other=None, **kwargs):
        super().__init__(**kwargs)
        self.for_what = for_what
        self.extra = extra
        self.other = other


class Choose(BaseBranchOperator):
    def choose_branch(self, context):
        return "x"


@contextmanager
def guarded(name):
    with TaskGroup(name) as group:
        yield group


def numbered(n):
    for i in range(n):
        yield EmptyOperator(task_id=f"y{i}")


class Steps:
    @task
    def one(value):
        return value

    @staticmethod
    @task(task_id="static_two")
    def two(value):
        return value


@dag(**SETTINGS, tags=["groups"])
def groups_and_mapping():
    @task
    def produce(n: int = 1) -> list[int]:
        return [n]

    @task
    def consume(x, y=None, **more):
        return x

    @task_group
    def both(a):
        left = consume.override(task_id="left")(a)
        right = consume.override(task_id="right")(a)
        return [left, right]

    @task_group(tooltip="named")
    def named(a, b=2):
        return {"first": consume(a), "second": consume(a, y=b)}

    made = produce()
    pair = both(made)
    pair >> EmptyOperator(task_id="after_pair")
    chosen = named(pair[0])
    consume.override(task_id="last")(chosen["second"], y=chosen)
    joined = made.concat(produce.override(task_id="p2")())
    consume.override(task_id="of_concat").expand(x=joined)
    consume.override(task_id="of_zip").expand(x=made.zip(produce.override(task_id="p3")(), fillvalue=0))
    mapped = BashOperator.partial(task_id="mapped", env={"A": made}).expand(bash_command=produce.override(task_id="p4")())
    consume.override(task_id="of_mapped")(mapped.output)
    PythonOperator.partial(task_id="kwargs", python_callable=print).expand_kwargs(made.map(lambda v: {"op_args": [v]}))
    Wait(task_id="wait", for_what=made, other=produce.override(task_id="p5")())
    Wait(task_id="wait2", for_what=[1, {"deep": (made, mapped.output)}], extra=f"{made}")
    Wait.partial(task_id="wait3", extra=made).expand(for_what=produce.override(task_id="p6")(), other=[1])
    XComArg(mapped) >> TimeDeltaSensor(task_id="delta", delta=timedelta(hours=1))
    BranchDayOfWeekOperator(
        task_id="weekday", follow_task_ids_if_true="wait", follow_task_ids_if_false="wait2", week_day="Monday"
    ) >> [made, mapped]
    Choose(task_id="choose") >> both.override(group_id="both_again")(made)[1]
    with guarded("g") as g:
        EmptyOperator(task_id="in_guarded")
    chain(*numbered(3))
    Steps.one(Steps.two(1))

    @task_group
    def mapped_group(x, y):
        inner = consume(x)
        consume.override(task_id="uses_y")(y)
        EmptyOperator(task_id="plain") >> inner

    mapped_group.partial(y=made).expand(x=produce.override(task_id="p7")()) >> EmptyOperator(task_id="after_mapped")

    @task_group
    def twice(k):
        for i in range(2):
            consume(k)

        @task_group
        def below():
            consume(k)

        below()
        below()

    twice(1) >> twice(2)

    @setup
    def a_setup():
        return 1

    @teardown
    def a_teardown(v):
        return None

    s = a_setup()
    s >> [consume.override(task_id="w1")(1), consume.override(task_id="w2")(2)] >> a_teardown(s)
    s2, t2 = EmptyOperator(task_id="s2").as_setup(), EmptyOperator(task_id="t2").as_teardown()
    with s2 >> t2:
        consume.override(task_id="between")(1)


it = groups_and_mapping()
if it.dag_id != "groups_and_mapping":
    raise AirflowSkipException("never")

kept = {"in_a_dict": DAG("not_found", schedule=None)}
listed = [DAG(f"nor_this_{i}", schedule=None) for i in range(2)]


def hidden():
    with DAG("found_by_with", **{**SETTINGS, "schedule": None}) as inner:
        EmptyOperator(task_id="x") >> EmptyOperator(task_id="y")


hidden()

held = DAG("held", default_args={"owner": "h"}, schedule="@monthly")
EmptyOperator(task_id="by_argument", dag=held).set_downstream(
    [EmptyOperator(task_id="joins"), EmptyOperator(task_id="joins_too")]
)
held.task_dict["joins"] >> EmptyOperator(task_id="by_dict")
held.get_task("joins_too").set_upstream(EmptyOperator(task_id="before_all"))


@held.task
def on_dag():
    return 1


on_dag()

with DAG("labels_and_groups", schedule=None) as labels:
    with TaskGroup("near") as near:
        n1, n2 = EmptyOperator(task_id="n1"), EmptyOperator(task_id="n2")
    far = EmptyOperator(task_id="far")
    with TaskGroup("there") as there:
        t1, t2 = EmptyOperator(task_id="t1"), EmptyOperator(task_id="t2")
    # Between tasks of different groups a label stands for the whole group before it.
    n1 >> Label("out") >> far
    far >> Label("in") >> t1
    n1 >> Label("inside") >> n2
    there.set_downstream([near])
