# METADATA
# title: "A task installs packages of any version"
# description: "What runs in the task changes when someone else publishes, and so does what the data become."
# custom:
#   id: AF-007
#   severity: medium
#   fix: "Name exact versions (`==`), with hashes in a requirements file."
#   references:
#     - CWE-1357
#     - OWASP A06:2021
#     - MITRE ATLAS AML.T0010
package custody.check.airflow.unpinned_requirements

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s installs %s", [task.task_id, requirement])} if {
	some dag in input.dags
	some task in dag.tasks
	regex.match(`Virtualenv`, task.operator)
	some requirement in lines(task.args.requirements)
	not regex.match(`==[^*]+$|===|@\s*\S+#sha256=|@[0-9a-f]{40}`, requirement)
}

lines(given) := [requirement | some one in given; is_string(one); requirement := trim_space(one); requirement != ""; not endswith(requirement, ".txt")] if is_array(given)

lines(given) := [requirement | some one in split(given, "\n"); requirement := trim_space(one); requirement != ""; not startswith(requirement, "#"); not endswith(requirement, ".txt")] if is_string(given)
