# METADATA
# title: "A MySQL server takes TLS older than 1.2"
# description: "A client that is talked down to an old version can be listened to."
# custom:
#   id: AZURE-054
#   severity: high
#   checkov: CKV_AZURE_54
#   fix: "Set ssl_minimal_tls_version_enforced = TLS1_2."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
package custody.check.terraform.azure_mysql_server_tls_version

import data.custody.terraform as tf

findings contains tf.finding(server, "ssl_minimal_tls_version_enforced", "TLS 1.2 is not its least version") if {
	some server in input.resources.azurerm_mysql_server
	not tf.among(tf.value(server, "ssl_minimal_tls_version_enforced"), {"TLS1_2"})
}
