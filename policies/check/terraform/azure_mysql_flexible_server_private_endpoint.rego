# METADATA
# title: "A MySQL flexible server has no private endpoint"
# description: "The way of the rows to the jobs leads over public addresses."
# custom:
#   id: AZURE2-056
#   severity: medium
#   checkov: CKV2_AZURE_56
#   fix: "Add an azurerm_private_endpoint whose private_service_connection names it, with the subresource mysqlServer."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_mysql_flexible_server_private_endpoint

import data.custody.terraform as tf

findings contains tf.finding(server, "", "no private endpoint leads to it") if {
	some server in input.resources.azurerm_mysql_flexible_server
	not server.address in with_endpoint
}

with_endpoint := tf.referred_by("azurerm_private_endpoint")
