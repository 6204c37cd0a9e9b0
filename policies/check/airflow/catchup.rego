# METADATA
# title: "A DAG does not say whether it catches up"
# description: "Airflow 2 starts a run for every interval since the start date, all at once, and each writes."
# custom:
#   id: AF-008
#   severity: low
#   fix: "Say `catchup=False`, or `catchup=True` where that is meant."
#   references:
#     - NIST AI RMF MEASURE 2.6
package custody.check.airflow.catchup

findings contains {"line": dag.line, "resource": dag.dag_id, "message": sprintf("%s starts on %s and does not set catchup", [dag.dag_id, dag.start_date])} if {
	some dag in input.dags
	dag.catchup == null
	dag.start_date != null
	dag.schedule != null
	not dag.schedule in {"@once", "@continuous", "list", "tuple", "Asset", "AssetAny", "AssetAll", "Dataset"}
}
