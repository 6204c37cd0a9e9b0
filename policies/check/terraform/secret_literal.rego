# METADATA
# title: "A secret stands in a configuration"
# description: "Everyone with the repository, its history or the state has it, and it cannot be taken back."
# custom:
#   id: TF-001
#   severity: critical
#   fix: "Revoke it. Give it through a variable that is marked sensitive, or read it from a vault (aws_secretsmanager_secret_version, azurerm_key_vault_secret, google_secret_manager_secret_version)."
#   references:
#     - CWE-798
#     - OWASP A07:2021
#     - MITRE ATT&CK T1552.001
package custody.check.terraform.secret_literal

import data.custody.terraform as tf

findings contains object.union(tf.finding(resource, secret.attribute, sprintf("%s holds a secret (%s)", [secret.attribute, secret.type])), {"line": secret.line}) if {
	some kind in ["resources", "data"]
	some type in object.keys(input[kind])
	some resource in input[kind][type]
	some secret in resource.secrets
}

findings contains {"file": block.file, "line": secret.line, "resource": sprintf("%s.%s", [kind, block.name]), "message": sprintf("%s holds a secret (%s)", [secret.attribute, secret.type])} if {
	some kind, blocks in {"provider": input.providers, "backend": input.backends}
	some block in blocks
	some secret in block.secrets
}
