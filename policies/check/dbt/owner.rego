# METADATA
# title: "A model has no owner"
# description: "Nobody is asked when it fails, and nobody answers for the data that it makes."
# custom:
#   id: DBT-004
#   severity: low
#   fix: "Set `meta.owner`, or `group` with an `owner`."
#   references:
#     - NIST AI RMF GOVERN 2.1
package custody.check.dbt.owner

findings contains {"file": place.path, "line": place.line, "resource": model.name, "message": sprintf("%s has neither `meta.owner` nor a group with an owner", [model.name])} if {
	some model in input.models
	model.kind == "model"
	model.owner == null
	place := place_of(model)
}

findings contains {"file": exposure.path, "line": exposure.line, "resource": exposure.name, "message": sprintf("the exposure %s has no owner", [exposure.name])} if {
	some exposure in input.exposures
	exposure.owner == null
}

place_of(model) := model.properties if model.properties != null

place_of(model) := {"path": model.path, "line": model.line} if model.properties == null
