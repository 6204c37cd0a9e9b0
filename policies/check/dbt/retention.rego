# METADATA
# title: "A table with labelled data does not say how long it keeps them"
# description: "Personal data may be kept no longer than they are needed, and nobody can tell when that is."
# custom:
#   id: DBT-006
#   severity: medium
#   fix: "Set `meta.retention`, or an expiration of the table (`hours_to_expiration`, `partition_expiration_days`)."
#   references:
#     - GDPR Article 5(1)(e)
#     - NIST SP 800-53 SI-12
package custody.check.dbt.retention

# A view and what is ephemeral keep nothing.
findings contains {"file": place.path, "line": place.line, "resource": model.name, "message": sprintf("%s keeps %s and says no retention", [model.name, concat(", ", sort(labels))])} if {
	some model in input.models
	not model.materialized in {"view", "ephemeral"}
	model.retention == null
	labels := clear(model.columns)
	count(labels) > 0
	place := place_of(model)
}

findings contains {"file": source.path, "line": source.line, "resource": source.name, "message": sprintf("the source %s keeps %s and says no retention", [source.name, concat(", ", sort(labels))])} if {
	some source in input.sources
	source.retention == null
	labels := clear(source.columns)
	count(labels) > 0
}

clear(columns) := {label.label |
	some column in columns
	some label in column.labels
	not label.isMasked
}

place_of(model) := model.properties if model.properties != null

place_of(model) := {"path": model.path, "line": model.line} if model.properties == null
