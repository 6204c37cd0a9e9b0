# METADATA
# title: "A storage account takes TLS older than 1.2"
# description: "The old versions have known breaks, so what travels can be read."
# custom:
#   id: AZURE-044
#   severity: high
#   checkov: CKV_AZURE_44
#   fix: "Set min_tls_version = TLS1_2."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
#     - CIS Azure 2.0.0, 3.15
package custody.check.terraform.azure_storage_account_tls_version

import data.custody.terraform as tf

findings contains tf.finding(account, "min_tls_version", "TLS 1.2 is not its least version") if {
	some account in input.resources.azurerm_storage_account
	not tf.among(tf.value(account, "min_tls_version"), {"TLS1_2", "TLS1_3"})
}
