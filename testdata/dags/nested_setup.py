"""Setup and teardown around work, nested, in groups, and the order of groups without tasks."""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup, setup, task, teardown

with DAG("nested_setup", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:

    @task
    def work(x=None):
        return x

    @setup
    def make_cluster():
        return "c"

    @teardown
    def drop_cluster(cluster):
        return None

    @setup
    def make_table():
        return "t"

    @teardown(on_failure_fail_dagrun=True)
    def drop_table(table):
        return None

    cluster = make_cluster()
    with drop_cluster(cluster):
        first = work()
        table = make_table()
        with drop_table(table):
            inner = work(first)
            work()
        work(inner)

    create = BashOperator(task_id="create", bash_command="x").as_setup()
    delete = BashOperator(task_id="delete", bash_command="y").as_teardown(setups=create)
    with delete:
        load = EmptyOperator(task_id="load")
        load >> EmptyOperator(task_id="verify")

    with TaskGroup("guarded") as guarded:
        up = EmptyOperator(task_id="up")
        down = EmptyOperator(task_id="down").as_teardown(setups=up)
        up >> EmptyOperator(task_id="middle") >> down
    guarded >> EmptyOperator(task_id="after_guarded")

    with TaskGroup("empty") as empty:
        pass
    before = EmptyOperator(task_id="before")
    before >> empty >> EmptyOperator(task_id="behind")

    with TaskGroup("left") as left:
        l1 = EmptyOperator(task_id="one")
        l2 = EmptyOperator(task_id="two")
    with TaskGroup("right") as right:
        r1 = EmptyOperator(task_id="one")
        r2 = EmptyOperator(task_id="two")
        r1 >> r2
    left >> right
    [left, right] >> EmptyOperator(task_id="join")
    right["two"] >> EmptyOperator(task_id="by_label")
    left.set_upstream(before)
