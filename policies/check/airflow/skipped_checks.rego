# METADATA
# title: "A task runs although a check before it failed"
# description: "What the check was there to stop reaches the next step."
# custom:
#   id: AF-012
#   severity: medium
#   fix: "Leave the trigger rule at `all_success`, or let only clean-up run after a failure."
#   references:
#     - CWE-754
#     - MITRE ATLAS AML.T0020
#     - NIST AI RMF MEASURE 2.4
package custody.check.airflow.skipped_checks

findings contains {"line": task.line, "resource": task.task_id, "message": sprintf("%s runs with trigger rule %s whatever %s says", [task.task_id, task.trigger_rule, check])} if {
	some dag in input.dags
	some task in dag.tasks
	task.trigger_rule in {"all_done", "always", "dummy", "one_success", "one_done", "all_done_min_one_success"}
	not task.is_teardown
	not regex.match(`(?i)(delete|clean|tear_?down|notif|alert|email|slack|stop|drop|remove|watcher|^end|finish|report|log|Empty)`, sprintf("%s %s", [task.task_id, task.operator]))
	some check in task.upstream
	some before in dag.tasks
	before.task_id == check
	regex.match(`(?i)(check|valid|quality|expect|assert|verify|gate|_test|test_|audit)`, sprintf("%s %s", [before.task_id, before.operator]))
}
