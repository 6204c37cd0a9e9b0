# METADATA
# title: "A command is built from what the one who starts the run writes"
# description: "Whoever may start the DAG runs any command with the rights of the worker."
# custom:
#   id: AF-005
#   severity: high
#   fix: "Pass the value in `env` and quote it in the command, or check it in a Python task first."
#   references:
#     - CWE-78
#     - OWASP A03:2021
package custody.check.airflow.command_injection

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s of %s holds %s", [name, task.task_id, expression])} if {
	some dag in input.dags
	some task in dag.tasks
	some name in ["bash_command", "command", "cmds", "arguments", "entrypoint", "remote_command"]
	walk(task.args[name], [_, text])
	is_string(text)
	some expression in regex.find_n(`\{\{[^{}]*\b(dag_run\.conf|params)\b[^{}]*\}\}`, text, -1)
	not regex.match(`\|\s*(quote|shlex_quote|int|tojson)\b`, expression)
}

findings contains {"line": call.line, "message": sprintf("%s is given what the one who starts the run writes", [call.name])} if {
	some call in input.calls
	regex.match(`^(os\.(system|popen)|subprocess\.\w+|airflow\.sdk\.task\.bash)$`, call.name)
	some text in call.texts
	regex.match(`\{[^{}]*\b(dag_run|params|conf)\b`, text)
	not regex.match(`\{[^{}]*\|\s*(quote|shlex_quote|int|tojson)\b`, text)
}
