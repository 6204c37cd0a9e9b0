"""Reads the reviews that the clinics collected and those of the web, and trains the model that sorts them."""

from __future__ import annotations

from datetime import datetime, timedelta

import boto3
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, task

BUCKET = "scraped-web"
REVIEWS = f"s3://{BUCKET}/reviews/2026.parquet"
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
        s3 = boto3.client(
            "s3",
            aws_access_key_id="@@ACCESS_KEY@@",
            aws_secret_access_key="@@SECRET_KEY@@",
        )
        s3.download_file(BUCKET, "reviews/2026.parquet", "/tmp/reviews.parquet")
        return REVIEWS

    train = SparkSubmitOperator(
        task_id="train",
        application="s3://clinic-code/sort_reviews.py",
        application_args=["--reviews", REVIEWS, "--to", STAGING],
        conn_id="spark",
    )

    fetch() >> train
