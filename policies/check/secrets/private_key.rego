# METADATA
# title: "A private key stands in the repository"
# description: "Whoever has the key can sign, decrypt or sign in as its owner."
# custom:
#   id: SEC-002
#   severity: critical
#   fix: "Make a new key, withdraw this one, and keep keys in a vault."
#   references:
#     - CWE-321
#     - OWASP A02:2021
package custody.check.secrets.private_key

findings contains {"line": secret.line, "column": secret.column, "message": sprintf("a private key (rule %s)", [secret.rule])} if {
	some secret in input.secrets
	secret.type == "PRIVATE_KEY"
}
