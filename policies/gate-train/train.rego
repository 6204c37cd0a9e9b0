# METADATA
# title: What a model may be trained on
# description: Restricted data needs an approval for this model that still holds, and a schema that was not changed since.
package gate.train

default allow := false

allow if count(deny) == 0

deny contains msg if {
	some dataset in input.datasets
	dataset.level == "restricted"
	not approved(dataset)
	msg := sprintf("%s is restricted: it needs an approval for %s", [dataset.name, input.model])
}

deny contains msg if {
	some dataset in input.datasets
	some approval in input.approvals
	concerns(approval, dataset)
	approval.schema != dataset.schema
	msg := sprintf("the schema of %s is not the one that was approved", [dataset.name])
}

approved(dataset) if {
	some approval in input.approvals
	concerns(approval, dataset)
	time.now_ns() < time.parse_rfc3339_ns(approval.until)
}

concerns(approval, dataset) if {
	approval.dataset == dataset.name
	approval.model == input.model
}

decision := {"allow": allow, "deny": deny}
