# METADATA
# title: "Attacks on a PostgreSQL server are not detected"
# description: "Queries that no job of yours ever ran go unseen."
# custom:
#   id: AZURE-128
#   severity: medium
#   checkov: CKV_AZURE_128
#   fix: "Add threat_detection_policy with enabled = true."
#   references:
#     - NIST SP 800-53 SI-4
package custody.check.terraform.azure_postgresql_server_threat_detection

import data.custody.terraform as tf

findings contains tf.finding(server, "threat_detection_policy.enabled", "nothing watches for attacks") if {
	some server in input.resources.azurerm_postgresql_server
	not tf.yes(tf.value(server, "threat_detection_policy.enabled"))
}
