# METADATA
# title: "Machines that train models take logins of their own"
# description: "Who signs in there sees the training data, under a name that no directory knows."
# custom:
#   id: AZURE-142
#   severity: medium
#   checkov: CKV_AZURE_142
#   fix: "Set local_auth_enabled = false."
#   references:
#     - CWE-522
#     - NIST SP 800-53 IA-5
package custody.check.terraform.azure_ml_cluster_local_login

import data.custody.terraform as tf

findings contains tf.finding(cluster, "local_auth_enabled", "it takes logins of its own") if {
	some cluster in input.resources.azurerm_machine_learning_compute_cluster
	not tf.no(tf.value(cluster, "local_auth_enabled"))
}
