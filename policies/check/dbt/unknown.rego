# METADATA
# title: "Part of a model cannot be known from the files"
# description: "What cannot be read before it runs cannot be judged before it runs."
# custom:
#   id: DBT-012
#   severity: medium
#   fix: "Write constants, variables of the project and macros of its own; keep queries out of Jinja."
#   references:
#     - NIST AI RMF MAP 2.3
package custody.check.dbt.unknown

# Only where `data.custody.settings.refuse_unknown` is true.
findings contains {"file": model.path, "line": unknown.line, "resource": model.name, "message": unknown.what} if {
	data.custody.settings.refuse_unknown == true
	some model in input.models
	some unknown in model.unknowns
}
