# METADATA
# title: "A MariaDB server has no private endpoint"
# description: "Its public address has to stay open for the jobs that use the tables."
# custom:
#   id: AZURE2-043
#   severity: medium
#   checkov: CKV2_AZURE_43
#   fix: "Add an azurerm_private_endpoint whose private_service_connection names it, with the subresource mariadbServer."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_mariadb_server_private_endpoint

import data.custody.terraform as tf

findings contains tf.finding(server, "", "no private endpoint leads to it") if {
	some server in input.resources.azurerm_mariadb_server
	not server.address in with_endpoint
}

with_endpoint := tf.referred_by("azurerm_private_endpoint")
