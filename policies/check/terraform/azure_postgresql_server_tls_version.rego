# METADATA
# title: "A PostgreSQL server takes TLS older than 1.2"
# description: "The old versions have known breaks, so rows on their way can be read."
# custom:
#   id: AZURE-147
#   severity: high
#   checkov: CKV_AZURE_147
#   fix: "Set ssl_minimal_tls_version_enforced = TLS1_2."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
package custody.check.terraform.azure_postgresql_server_tls_version

import data.custody.terraform as tf

findings contains tf.finding(server, "ssl_minimal_tls_version_enforced", "TLS 1.2 is not its least version") if {
	some server in input.resources.azurerm_postgresql_server
	not tf.among(tf.value(server, "ssl_minimal_tls_version_enforced"), {"TLS1_2"})
}
