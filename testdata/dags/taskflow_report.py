"""TaskFlow: results as edges, mapping, groups that are called several times, overrides, several outputs."""

from __future__ import annotations

import pendulum

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import dag, setup, task, task_group, teardown


@task
def total(values):
    return sum(values)


@task(multiple_outputs=True)
def split(values) -> dict:
    return {"small": values[:1], "large": values[1:]}


@task.bash(task_id="shell")
def shell_command(what):
    return f"echo {what}"


@task_group
def refine(value):
    @task
    def clean(value):
        return value

    @task
    def rank(value):
        return value

    return rank(clean(value))


@task_group(group_id="publish")
def publish_all(small, large, *, to="page"):
    @task(task_id=f"write_{to}")
    def write(a, b):
        return None

    @task.short_circuit
    def is_wanted():
        return True

    is_wanted() >> write(small, large)


@dag(schedule="@daily", start_date=pendulum.datetime(2024, 5, 1, tz="UTC"), catchup=False, tags=["report"])
def taskflow_report(limit: int = 10):
    @task
    def numbers():
        return [1, 2, 3]

    @task(retries=3)
    def square(x, power=2):
        return x**power

    @task.branch
    def choose(value):
        return "shell"

    found = numbers()
    squared = square.partial(power=3).expand(x=found)
    doubled = square.override(task_id="double").expand(x=found.map(lambda x: x * 2))
    pairs = square.override(task_id="pairs").expand_kwargs([{"x": 1}, {"x": 2}])
    zipped = total.override(task_id="zipped")(found.zip(squared))
    sums = [total(one) for one in (squared, doubled, pairs)]
    parts = split(sums[0])
    publish_all(parts["small"], parts["large"])
    publish_all(parts["small"], large=[1])
    refined = refine(sums[1])
    again = refine(refined)
    chosen = choose({"nested": [again, {"deep": zipped}]})
    mapped = refine.override(group_id="many").expand(value=numbers.override(task_id="more_numbers")())
    chosen >> shell_command(sums[2]) >> mapped
    BashOperator(task_id="say", bash_command=f"echo {refined} {limit}")
    BashOperator(task_id="say_all", bash_command="echo $ALL", env={"ALL": again})
    PythonOperator(task_id="old_style", python_callable=print, op_args=[found, "x"], op_kwargs={"k": sums[0]})
    BashOperator.partial(task_id="mapped_shell", retries=1).expand(bash_command=["echo 1", "echo 2"])
    PythonOperator.partial(task_id="mapped_python", python_callable=print).expand(op_args=square.expand(x=[1]))

    @setup
    def cluster_up():
        return "id"

    @teardown
    def cluster_down(cluster):
        pass

    up = cluster_up()
    with cluster_down(up):
        work = total.override(task_id="work")([1])
        total.override(task_id="after_work")(work)

    one = BashOperator(task_id="one", bash_command="true")
    two = BashOperator(task_id="two", bash_command="true")
    three = BashOperator(task_id="three", bash_command="true")
    one >> two >> three.as_teardown(setups=one)


taskflow_report()
