# METADATA
# title: "A SQL file could not be read"
# description: "A file that is not read is not checked."
# custom:
#   id: SQL-009
#   severity: medium
#   fix: "Check the folders of the repository one by one."
#   references:
#     - NIST AI RMF MEASURE 2.6
package custody.check.sql.unread

findings contains {"line": 1, "message": sprintf("it was not read: %s", [input.unread])} if {
	input.unread != null
}
