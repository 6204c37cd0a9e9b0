# METADATA
# title: "Attacks on a MySQL server are not detected"
# description: "Somebody may copy the tables for months before anybody asks why."
# custom:
#   id: AZURE-127
#   severity: medium
#   checkov: CKV_AZURE_127
#   fix: "Add threat_detection_policy with enabled = true."
#   references:
#     - NIST SP 800-53 SI-4
package custody.check.terraform.azure_mysql_server_threat_detection

import data.custody.terraform as tf

findings contains tf.finding(server, "threat_detection_policy.enabled", "nothing watches for attacks") if {
	some server in input.resources.azurerm_mysql_server
	not tf.yes(tf.value(server, "threat_detection_policy.enabled"))
}
