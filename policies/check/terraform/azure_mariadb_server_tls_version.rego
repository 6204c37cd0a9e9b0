# METADATA
# title: "A MariaDB server takes connections without TLS 1.2"
# description: "What clients ask of the database can be read, or talked down to a version that can."
# custom:
#   id: AZURE2-037
#   severity: high
#   checkov: CKV2_AZURE_37
#   fix: "Set ssl_enforcement_enabled = true and ssl_minimal_tls_version_enforced = TLS1_2."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
package custody.check.terraform.azure_mariadb_server_tls_version

import data.custody.terraform as tf

findings contains tf.finding(server, "ssl_minimal_tls_version_enforced", "TLS 1.2 is not enforced") if {
	some server in input.resources.azurerm_mariadb_server
	not is_tight(server)
}

# TLS 1.2 is the default of the version.
is_tight(server) if {
	tf.yes(tf.value(server, "ssl_enforcement_enabled"))
	tf.among(tf.value(server, "ssl_minimal_tls_version_enforced"), {null, "TLS1_2"})
}
