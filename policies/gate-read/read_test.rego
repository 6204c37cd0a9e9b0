package gate.read_test

import data.gate.read

birth := {"name": "birth_date", "level": "restricted", "purposes": ["credit-scoring"]}

amount := {"name": "amount", "level": "internal", "purposes": []}

test_collected_for_this if {
	read.allow with input as {"purpose": "credit-scoring", "columns": [birth, amount]}
}

test_not_collected_for_this if {
	decision := read.decision with input as {"purpose": "marketing", "columns": [birth, amount]}
	decision.allow == false
	decision.deny == {"birth_date was not collected for marketing"}
}

test_without_purpose if {
	read.deny["name a purpose"] with input as {"columns": [amount]}
}

test_fraud_is_looked_into_by_its_analysts if {
	asked := {"purpose": "fraud", "columns": [birth], "principal": {"roles": ["fraud-analyst"]}}
	read.allow with input as asked
	not read.allow with input as object.union(asked, {"principal": {"roles": []}})
}
