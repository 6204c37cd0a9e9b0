# METADATA
# title: "A search service has too few replicas for queries"
# description: "Answers, also about one's own data, stop with a single machine."
# custom:
#   id: AZURE-209
#   severity: low
#   checkov: CKV_AZURE_209
#   fix: "Set replica_count to 2 or more."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.azure_search_query_replicas

import data.custody.terraform as tf

findings contains tf.finding(service, "replica_count", "2 replicas are the least that Azure vouches for") if {
	some service in input.resources.azurerm_search_service
	not tf.at_least(tf.value(service, "replica_count"), 2)
}
