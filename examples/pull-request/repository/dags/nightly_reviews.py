"""Reads the reviews that the clinics collected, and trains the model that sorts them."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.amazon.aws.hooks.s3 import S3Hook
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, task

REVIEWS = "s3://clinic-reviews/approved/reviews.parquet"
STAGING = "s3://clinic-spark-staging/nightly"

with DAG(
    dag_id="nightly_reviews",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    dagrun_timeout=timedelta(hours=2),
    default_args={
        "owner": "reviews-team",
        "retries": 2,
        "execution_timeout": timedelta(hours=1),
    },
) as dag:

    @task
    def fetch() -> str:
        # The hook takes the credentials of the connection: none stands here.
        hook = S3Hook(aws_conn_id="clinic_lake")
        hook.download_file(key=REVIEWS, local_path="/tmp")
        return REVIEWS

    train = SparkSubmitOperator(
        task_id="train",
        application="s3://clinic-code/sort_reviews.py",
        application_args=["--reviews", REVIEWS, "--to", STAGING],
        conn_id="spark",
    )

    fetch() >> train
