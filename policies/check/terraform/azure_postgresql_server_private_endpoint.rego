# METADATA
# title: "A PostgreSQL server has no private endpoint"
# description: "Jobs then reach the rows over a public address, which has to stay open for them."
# custom:
#   id: AZURE2-042
#   severity: medium
#   checkov: CKV2_AZURE_42
#   fix: "Add an azurerm_private_endpoint whose private_service_connection names it, with the subresource postgresqlServer."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_postgresql_server_private_endpoint

import data.custody.terraform as tf

findings contains tf.finding(server, "", "no private endpoint leads to it") if {
	some server in input.resources.azurerm_postgresql_server
	not server.address in with_endpoint
}

with_endpoint := tf.referred_by("azurerm_private_endpoint")
