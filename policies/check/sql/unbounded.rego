# METADATA
# title: "Every row of a table is deleted or changed"
# description: "One run too many and the data are gone, or all the same."
# custom:
#   id: SQL-003
#   severity: medium
#   fix: "Add the WHERE that is meant; for all rows use TRUNCATE or make the table anew, so that it is seen to be meant."
#   references:
#     - CWE-1284
#     - NIST SP 800-53 SI-10
package custody.check.sql.unbounded

findings contains {"line": one.line, "resource": one.table, "message": sprintf("%s of %s without a WHERE that limits it", [one.verb, one.table])} if {
	some one in input.unbounded
}
