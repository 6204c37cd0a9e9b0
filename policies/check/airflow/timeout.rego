# METADATA
# title: "Nothing ends a task that hangs"
# description: "It holds its slot and its locks until someone looks."
# custom:
#   id: AF-011
#   severity: low
#   fix: "Set `execution_timeout` in `default_args`, or `dagrun_timeout`."
#   references:
#     - CWE-400
#     - NIST AI RMF MANAGE 4.1
package custody.check.airflow.timeout

findings contains {"line": dag.line, "resource": dag.dag_id, "message": sprintf("%s has neither dagrun_timeout nor execution_timeout for %d of its tasks", [dag.dag_id, count(endless)])} if {
	some dag in input.dags
	dag.dagrun_timeout == null
	endless := [task | some task in dag.tasks; task.execution_timeout == null; not regex.match(`^(Empty|Dummy|LatestOnly)Operator$`, task.operator)]
	count(endless) > 0
}
