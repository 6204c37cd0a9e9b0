# METADATA
# title: "A model reads a table past `ref` and `source`"
# description: "The project does not know of it: it is not tested, not fresh, and in no lineage."
# custom:
#   id: DBT-011
#   severity: low
#   fix: "Describe the table as a source and read it by `source`, or read the model by `ref`."
#   references:
#     - NIST AI RMF MAP 4.1
package custody.check.dbt.unreferenced

findings contains {"file": model.path, "line": model.line, "resource": model.name, "message": sprintf("%s reads %s without `ref` or `source`", [model.name, table])} if {
	some model in input.models
	some table in model.unreferenced
}

findings contains {"file": model.path, "line": model.line, "resource": model.name, "message": sprintf("%s names %s, which the project does not have", [model.name, name])} if {
	some model in input.models
	some name in model.missing
}
