"""Assets as schedules, inlets and outlets; sensors; triggers of other DAGs; several DAGs in one file."""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.latest_only import LatestOnlyOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import DAG, Asset, AssetAlias, asset, dag, task, task_group

ORDERS = Asset("s3://lake/orders/")
CUSTOMERS = Asset(name="customers", uri="s3://lake/customers/")
START = datetime(2024, 2, 3)


@dag(start_date=START, schedule=timedelta(hours=6), catchup=False, dag_id="produces_assets")
def producer():
    seen = FileSensor(task_id="seen", filepath="/data/orders.csv", fs_conn_id="fs_default")

    @task(outlets=[ORDERS, AssetAlias("late")])
    def write():
        return 1

    @task(inlets=[ORDERS], outlets=CUSTOMERS)
    def enrich(value):
        return value

    @task.sensor(poke_interval=30, timeout=600)
    def is_there():
        return True

    @task.run_if(lambda context: True)
    @task
    def sometimes():
        return None

    seen >> is_there() >> (w := write())
    enrich(w) >> [sometimes(), TriggerDagRunOperator(task_id="trigger", trigger_dag_id="consumes_assets", conf={"v": w})]


producer()

with DAG("consumes_assets", schedule=[ORDERS, CUSTOMERS], start_date=START) as consumes:
    newest = LatestOnlyOperator(task_id="newest")
    poll = PythonSensor(task_id="poll", python_callable=lambda: True)
    poll << newest

with DAG("either_asset", schedule=(ORDERS | CUSTOMERS), start_date=START):

    @task_group(default_args={"retries": 4}, prefix_group_id=False)
    def no_prefix():
        @task
        def inside():
            return 1

        inside()
        inside()

    no_prefix()
    no_prefix.override(group_id="other")() >> LatestOnlyOperator(task_id="end")

with DAG("one_asset", schedule=ORDERS, start_date=START):
    pass


@asset(schedule="@weekly", uri="s3://lake/summary/", tags=["made"])
def summary(customers):
    return None


@asset.multi(schedule=None, outlets=[Asset("s3://lake/m1/"), Asset("s3://lake/m2/")])
def several():
    return None
