# METADATA
# title: "A search service has too few replicas for updates of its index"
# description: "Corrections and deletions that people asked for may wait while a replica is down."
# custom:
#   id: AZURE-208
#   severity: low
#   checkov: CKV_AZURE_208
#   fix: "Set replica_count to 3 or more."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.azure_search_index_replicas

import data.custody.terraform as tf

findings contains tf.finding(service, "replica_count", "3 replicas are the least that Azure vouches for") if {
	some service in input.resources.azurerm_search_service
	not tf.at_least(tf.value(service, "replica_count"), 3)
}
