# METADATA
# title: "Everybody is given rights on a table"
# description: "Every account, also one that was taken over, reads or changes what lies there."
# custom:
#   id: SQL-001
#   severity: high
#   fix: "Grant to a role that needs it."
#   references:
#     - CWE-732
#     - OWASP A01:2021
#     - NIST SP 800-53 AC-6
package custody.check.sql.grant_public

findings contains {"line": grant.line, "resource": grant.on, "message": sprintf("grants %s on %s to %s", [grant.privilege, grant.on, concat(", ", grant.to)])} if {
	some grant in input.grants
	grant.isPublic
}
