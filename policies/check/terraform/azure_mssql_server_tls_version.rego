# METADATA
# title: "A SQL server takes TLS older than 1.2"
# description: "The old versions have known breaks, so rows on their way can be read."
# custom:
#   id: AZURE-052
#   severity: high
#   checkov: CKV_AZURE_52
#   fix: "Set minimum_tls_version to 1.2, as text."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
package custody.check.terraform.azure_mssql_server_tls_version

import data.custody.terraform as tf

findings contains tf.finding(server, "minimum_tls_version", "TLS 1.2 is not its least version") if {
	some server in input.resources.azurerm_mssql_server
	not tf.among(tf.value(server, "minimum_tls_version"), {"1.2", 1.2})
}
