# METADATA
# title: "A DAG has no owner"
# description: "Nobody is asked when it fails, and nobody answers for the data that it makes."
# custom:
#   id: AF-009
#   severity: low
#   fix: "Set `owner` in `default_args` to a team that exists."
#   references:
#     - NIST AI RMF GOVERN 2.1
package custody.check.airflow.owner

findings contains {"line": dag.line, "resource": dag.dag_id, "message": sprintf("%s has no owner for %d of its tasks", [dag.dag_id, count(ownerless)])} if {
	some dag in input.dags
	ownerless := [task | some task in dag.tasks; is_nobody(task.owner)]
	count(ownerless) > 0
}

is_nobody(owner) if owner == null

is_nobody(owner) if lower(owner) in {"airflow", "", "root", "admin", "test", "default"}
