# METADATA
# title: "A model that others read has no contract"
# description: "Columns and types change without those who read them being told."
# custom:
#   id: DBT-005
#   severity: medium
#   fix: "Set `contract: {enforced: true}` and name the columns with their types."
#   references:
#     - NIST AI RMF MANAGE 4.1
package custody.check.dbt.contract

findings contains {"file": place.path, "line": place.line, "resource": model.name, "message": sprintf("%s is %s and has no enforced contract", [model.name, what])} if {
	some model in input.models
	model.kind == "model"
	model.materialized != "ephemeral"
	not model.contract
	what := read_by_others(model)
	place := place_of(model)
}

read_by_others(model) := "public" if model.access == "public"

read_by_others(model) := "among the marts" if {
	model.access != "public"
	model.mart
}

place_of(model) := model.properties if model.properties != null

place_of(model) := {"path": model.path, "line": model.line} if model.properties == null
