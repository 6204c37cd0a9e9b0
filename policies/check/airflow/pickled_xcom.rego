# METADATA
# title: "Tasks pass pickles to each other"
# description: "Whoever can write a result runs code in the worker that reads it."
# custom:
#   id: AF-022
#   severity: medium
#   fix: "Pass JSON, or the address of a file; leave `serializer` out."
#   references:
#     - CWE-502
#     - OWASP A08:2021
#     - MITRE ATLAS AML.T0011
package custody.check.airflow.pickled_xcom

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s passes its arguments and result with %s", [task.task_id, task.args.serializer])} if {
	some dag in input.dags
	some task in dag.tasks
	task.args.serializer in {"dill", "cloudpickle"}
}

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s passes its arguments and result with dill", [task.task_id])} if {
	some dag in input.dags
	some task in dag.tasks
	task.args.use_dill == true
}

findings contains {"line": variable.line, "message": "turns on pickled results"} if {
	some variable in input.environment
	variable.access == "write"
	variable.name == "AIRFLOW__CORE__ENABLE_XCOM_PICKLING"
}
