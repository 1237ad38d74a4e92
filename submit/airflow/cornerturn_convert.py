"""Converts each night's HDF5 files to Zarr. A task that is retried goes on where it stopped."""

import datetime

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

with DAG(
    dag_id="cornerturn_convert",
    schedule="@daily",
    start_date=datetime.datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": datetime.timedelta(minutes=5)},
) as dag:
    SparkSubmitOperator(
        task_id="convert",
        conn_id="spark_default",
        application="/opt/cornerturn/cornerturn-0.1.0-spark4.2.jar",
        java_class="org.cornerturn.jobs.Main",
        driver_memory="1g",
        executor_memory="2g",
        application_args=[
            "--warehouse",
            "s3a://my-bucket/warehouse",
            "convert",
            "s3a://my-bucket/raw/{{ ds }}/",
            "s3a://my-bucket/zarr/{{ ds }}/",
        ],
    )
