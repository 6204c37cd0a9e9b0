# METADATA
# title: "A DAG reads or writes a place that is not approved"
# description: "Data of unknown origin or standing would reach what is made from it."
# custom:
#   id: AF-003
#   severity: high
#   fix: "Ask for approval of the source, or use an approved one."
#   references:
#     - MITRE ATLAS AML.T0020
#     - NIST AI RMF MAP 4.1
package custody.check.airflow.forbidden_source

# `data.custody.settings.forbidden_sources`: beginnings of addresses, set in `custody.check.yaml`.
findings contains {"line": uri.line, "message": sprintf("%s %s: %s is forbidden", [verb[uri.access], uri.uri, prefix])} if {
	some uri in input.uris
	some prefix in data.custody.settings.forbidden_sources
	startswith(uri.uri, prefix)
}

# Assets say what a DAG waits for, reads and makes, where the code does not.
findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("names the asset %s: %s is forbidden", [uri, prefix])} if {
	some dag in input.dags
	some task in dag.tasks
	some uri in array.concat(task.inlets, task.outlets)
	some prefix in data.custody.settings.forbidden_sources
	startswith(uri, prefix)
}

verb := {"read": "reads from", "write": "writes to", "unknown": "names"}
