# METADATA
# title: "A profile holds a password, token or key"
# description: "Whoever reads the repository reads the warehouse."
# custom:
#   id: DBT-010
#   severity: critical
#   fix: "Write `\"{{ env_var('NAME') }}\"` in its place, and change the password: it is known."
#   references:
#     - CWE-798
#     - OWASP A07:2021
#     - NIST SP 800-53 IA-5
package custody.check.dbt.plain_secret

findings contains {"file": secret.path, "line": secret.line, "message": sprintf("`%s` stands in the file as it is", [secret.key])} if {
	some secret in input.plain_secrets
}
