# METADATA
# title: "An Event Hubs namespace takes TLS older than 1.2"
# description: "Events of people can be read on the way."
# custom:
#   id: AZURE-223
#   severity: high
#   checkov: CKV_AZURE_223
#   fix: "Remove minimum_tls_version, or set it to 1.2, as text."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
package custody.check.terraform.azure_eventhub_tls_version

import data.custody.terraform as tf

findings contains tf.finding(namespace, "minimum_tls_version", "TLS 1.2 is not its least version") if {
	some namespace in input.resources.azurerm_eventhub_namespace
	not tf.among(tf.value(namespace, "minimum_tls_version"), {null, "1.2", 1.2})
}
