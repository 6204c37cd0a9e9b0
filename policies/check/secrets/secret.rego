# METADATA
# title: "A secret stands in the repository"
# description: "Whoever can read the repository, or ever could, can use it."
# custom:
#   id: SEC-001
#   severity: critical
#   fix: "Withdraw the secret where it is valid, then read it from a secret store or the environment."
#   references:
#     - CWE-798
#     - OWASP A07:2021
#     - MITRE ATLAS AML.T0012
package custody.check.secrets.secret

findings contains {"line": secret.line, "column": secret.column, "message": sprintf("%s (rule %s)", [replace(lower(replace(secret.type, "_", " ")), "api key", "API key"), secret.rule])} if {
	some secret in input.secrets
	secret.confidence >= 0.7
	secret.type != "PRIVATE_KEY"
}
