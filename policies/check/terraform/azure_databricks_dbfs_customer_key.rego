# METADATA
# title: "The root storage of a Databricks workspace is encrypted with a key of Microsoft alone"
# description: "Results of notebooks lie there, and without a key of your own nobody can make them unreadable."
# custom:
#   id: AZURE2-048
#   severity: medium
#   checkov: CKV2_AZURE_48
#   fix: "Set customer_managed_key_enabled = true and add an azurerm_databricks_workspace_root_dbfs_customer_managed_key."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.azure_databricks_dbfs_customer_key

import data.custody.terraform as tf

findings contains tf.finding(workspace, "customer_managed_key_enabled", "no key of yours encrypts its root storage") if {
	some workspace in input.resources.azurerm_databricks_workspace

	# Other tiers do not know keys of customers.
	tf.value(workspace, "sku") == "premium"
	not has_key(workspace)
}

has_key(workspace) if {
	tf.yes(tf.value(workspace, "customer_managed_key_enabled"))
	workspace.address in with_key
}

with_key := tf.referred_by("azurerm_databricks_workspace_root_dbfs_customer_managed_key")
