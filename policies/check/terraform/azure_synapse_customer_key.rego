# METADATA
# title: "A Synapse workspace is encrypted with a key of Microsoft alone"
# description: "Without a key of your own nobody can make the warehouse unreadable when it has to be."
# custom:
#   id: AZURE-240
#   severity: medium
#   checkov: CKV_AZURE_240
#   fix: "Add customer_managed_key with key_name and key_versionless_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.azure_synapse_customer_key

import data.custody.terraform as tf

findings contains tf.finding(workspace, "customer_managed_key.key_name", "no key of yours encrypts it") if {
	some workspace in input.resources.azurerm_synapse_workspace
	not tf.given(tf.value(workspace, "customer_managed_key.key_name"))
}
