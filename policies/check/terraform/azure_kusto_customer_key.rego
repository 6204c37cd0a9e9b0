# METADATA
# title: "A Data Explorer cluster is encrypted with a key of Microsoft alone"
# description: "Without a key of your own nobody can make the events unreadable when they have to be."
# custom:
#   id: AZURE2-011
#   severity: medium
#   checkov: CKV2_AZURE_11
#   fix: "Add an azurerm_kusto_cluster_customer_managed_key for the cluster."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.azure_kusto_customer_key

import data.custody.terraform as tf

findings contains tf.finding(cluster, "", "no key of yours encrypts it") if {
	some cluster in input.resources.azurerm_kusto_cluster
	not cluster.address in with_key
}

with_key := tf.referred_by("azurerm_kusto_cluster_customer_managed_key")
