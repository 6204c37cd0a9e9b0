# METADATA
# title: "The name of a storage account is none that Azure takes"
# description: "The deployment stops half-way, and what was to protect the data is then often missing."
# custom:
#   id: AZURE-043
#   severity: low
#   checkov: CKV_AZURE_43
#   fix: "Give it a name of 3 to 24 small letters and digits."
#   references:
#     - NIST SP 800-53 CM-6
package custody.check.terraform.azure_storage_account_name

import data.custody.terraform as tf

findings contains tf.finding(account, "name", "its name is not 3 to 24 small letters and digits") if {
	some account in input.resources.azurerm_storage_account
	not may_be_named(tf.value(account, "name"))
}

may_be_named(name) if {
	name != null
	regex.match(`^[a-z0-9]{3,24}$`, sprintf("%v", [name]))
}

may_be_named(name) if tf.partly_unknown(name)
