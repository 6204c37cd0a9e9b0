# METADATA
# title: "Part of a dbt project could not be read"
# description: "A file that is not read is not checked."
# custom:
#   id: DBT-013
#   severity: medium
#   fix: "Make it smaller, or mend its syntax."
#   references:
#     - NIST AI RMF MEASURE 2.6
package custody.check.dbt.unread

findings contains {"file": file.path, "line": file.line, "message": sprintf("it was not read: %s", [file.what])} if {
	some file in input.unread
}

findings contains {"file": model.path, "line": model.line, "resource": model.name, "message": sprintf("its template was not read: %s", [model.unread])} if {
	some model in input.models
	model.unread != null
}
