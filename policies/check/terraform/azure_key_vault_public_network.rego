# METADATA
# title: "A key vault is reachable from the internet"
# description: "Keys and passwords of every data store are kept behind one public door."
# custom:
#   id: AZURE-189
#   severity: high
#   checkov: CKV_AZURE_189
#   fix: "Set public_network_access_enabled = false, or name addresses or subnets in network_acls."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_key_vault_public_network

import data.custody.terraform as tf

findings contains tf.finding(vault, "public_network_access_enabled", "everybody may knock at it") if {
	some vault in input.resources.azurerm_key_vault
	not tf.no(tf.value(vault, "public_network_access_enabled"))
	not is_limited(vault)
}

is_limited(vault) if {
	some rules in tf.blocks(vault, "network_acls")
	some who in ["ip_rules", "virtual_network_subnet_ids"]
	tf.given(tf.of(rules, who))
}
