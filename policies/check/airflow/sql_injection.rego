# METADATA
# title: "A query is built from what the one who starts the run writes"
# description: "Whoever may start the DAG reads or changes any table that the connection reaches."
# custom:
#   id: AF-006
#   severity: high
#   fix: "Pass the value in `parameters` of the operator, which the driver quotes."
#   references:
#     - CWE-89
#     - OWASP A03:2021
package custody.check.airflow.sql_injection

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s of %s holds %s", [name, task.task_id, expression])} if {
	some dag in input.dags
	some task in dag.tasks
	some name in ["sql", "query", "hql", "configuration"]
	walk(task.args[name], [_, text])
	is_string(text)
	some expression in regex.find_n(`\{\{[^{}]*\b(dag_run\.conf|params)\b[^{}]*\}\}`, text, -1)
	not regex.match(`\|\s*(int|float|sqlsafe)\b`, expression)
}
