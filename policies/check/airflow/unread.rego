# METADATA
# title: "A DAG file could not be read"
# description: "A file that is not read is not checked."
# custom:
#   id: AF-026
#   severity: medium
#   fix: "Make it smaller, or mend its syntax."
#   references:
#     - NIST AI RMF MEASURE 2.6
package custody.check.airflow.unread

findings contains {"line": 1, "message": sprintf("the file was not read: %s", [input.unread])} if input.unread != null

findings contains {"line": unknown.line, "message": unknown.what} if {
	some unknown in input.unknowns
	regex.match(`^(reading stopped here|part of the file is not Python)`, unknown.what)
}
