# METADATA
# title: "Tasks are not tried again"
# description: "One lost connection leaves a table half made until someone looks."
# custom:
#   id: AF-010
#   severity: low
#   fix: "Set `retries` in `default_args`."
#   references:
#     - NIST AI RMF MANAGE 4.1
package custody.check.airflow.retries

findings contains {"line": dag.line, "resource": dag.dag_id, "message": sprintf("%d of the %d tasks of %s set no retries", [count(once), count(dag.tasks), dag.dag_id])} if {
	some dag in input.dags
	once := [task | some task in dag.tasks; task.retries == null; not regex.match(`^(Empty|Dummy|LatestOnly)Operator$`, task.operator)]
	count(once) > 0
}
