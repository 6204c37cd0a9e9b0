# METADATA
# title: "A Data Explorer cluster has a size without a promise of service"
# description: "It may stop at any hour, and questions about data with it."
# custom:
#   id: AZURE-180
#   severity: low
#   checkov: CKV_AZURE_180
#   fix: "Choose a SKU that is not named Dev(No SLA)."
#   references:
#     - NIST SP 800-53 CP-10
package custody.check.terraform.azure_kusto_sku

import data.custody.terraform as tf

findings contains tf.finding(cluster, "sku.name", "its SKU has no SLA") if {
	some cluster in input.resources.azurerm_kusto_cluster
	startswith(tf.value(cluster, "sku.name"), "Dev(No SLA)_")
}
