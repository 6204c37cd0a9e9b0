# METADATA
# title: "A task runs as root"
# description: "A fault in the task is a fault of the whole worker."
# custom:
#   id: AF-025
#   severity: medium
#   fix: "Name a user of the task's own."
#   references:
#     - CWE-250
#     - CIS Docker 4.1
package custody.check.airflow.run_as_root

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s runs as root", [task.task_id])} if {
	some dag in input.dags
	some task in dag.tasks
	walk(task.args, [path, value])
	path[count(path) - 1] in {"run_as_user", "user", "runAsUser"}
	value in {0, "0", "root", "0:0"}
}
