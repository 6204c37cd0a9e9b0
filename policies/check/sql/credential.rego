# METADATA
# title: "SQL holds a password, token or key"
# description: "Whoever reads the repository, or the history of queries, can sign in."
# custom:
#   id: SQL-002
#   severity: critical
#   fix: "Use a role, a storage integration or a store of secrets, and change the password: it is known."
#   references:
#     - CWE-798
#     - OWASP A07:2021
#     - NIST SP 800-53 IA-5
package custody.check.sql.credential

findings contains {"line": credential.line, "message": sprintf("%s with a value that stands in the file", [credential.what])} if {
	some credential in input.credentials
}
