# METADATA
# title: "A variable is read each time the file is read"
# description: "The scheduler asks the database or the secrets backend every few seconds, and an outage there stops all DAGs."
# custom:
#   id: AF-019
#   severity: low
#   fix: "Read it in the task, or as `{{ var.value.NAME }}` in a templated field."
#   references:
#     - CWE-400
package custody.check.airflow.variable_at_top

findings contains {"line": variable.line, "message": sprintf("reads the variable %s when the file is read", [variable.name])} if {
	some variable in input.variables
	variable.runs == "parse"
}
