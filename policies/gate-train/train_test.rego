package gate.train_test

import data.gate.train

dataset := {"name": "lake.applications", "level": "restricted", "schema": "s1"}

approval := {"dataset": "lake.applications", "model": "credit-v3", "schema": "s1", "until": "2026-12-31T00:00:00Z"}

asked := {"model": "credit-v3", "datasets": [dataset], "approvals": [approval]}

november := time.parse_rfc3339_ns("2026-11-12T06:30:00Z")

january := time.parse_rfc3339_ns("2027-01-12T06:30:00Z")

test_approved if train.allow with input as asked with time.now_ns as november

test_approval_ran_out if {
	decision := train.decision with input as asked with time.now_ns as january
	decision.deny == {"lake.applications is restricted: it needs an approval for credit-v3"}
}

test_approval_for_another_model if {
	other := object.union(asked, {"model": "campaign-v1"})
	not train.allow with input as other with time.now_ns as november
}

test_schema_changed_since if {
	changed := object.union(asked, {"datasets": [object.union(dataset, {"schema": "s2"})]})
	train.deny["the schema of lake.applications is not the one that was approved"] with input as changed with time.now_ns as november
}

test_open_data_needs_nothing if {
	train.allow with input as {"model": "m", "datasets": [{"name": "weather", "level": "public", "schema": "s"}], "approvals": []}
}
