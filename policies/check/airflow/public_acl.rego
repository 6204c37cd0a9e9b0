# METADATA
# title: "A task makes objects that anyone can read"
# description: "The data leave the organisation with the first run."
# custom:
#   id: AF-021
#   severity: high
#   fix: "Leave the ACL out, and share through a signed address that expires."
#   references:
#     - CWE-732
#     - OWASP A01:2021
#     - CIS AWS 3.0.0, 2.1.4
package custody.check.airflow.public_acl

findings contains {"line": call.line, "message": sprintf("%s sets %s to %s", [call.name, path[count(path) - 1], value])} if {
	some call in input.calls
	walk(call.args, [path, value])
	is_string(value)
	count(path) > 0
	regex.match(`(?i)acl`, sprintf("%v", [path[count(path) - 1]]))
	lower(value) in {"public-read", "public-read-write", "publicread", "publicreadwrite", "authenticated-read", "authenticatedread"}
}

findings contains {"line": call.line, "message": sprintf("%s gives rights to %s", [call.name, value])} if {
	some call in input.calls
	walk(call.args, [_, value])
	value in {"allUsers", "allAuthenticatedUsers"}
}
