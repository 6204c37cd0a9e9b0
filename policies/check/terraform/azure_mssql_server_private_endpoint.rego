# METADATA
# title: "A SQL server has no private endpoint"
# description: "Pipelines then reach the warehouse over a public address, which has to stay open for them."
# custom:
#   id: AZURE2-045
#   severity: medium
#   checkov: CKV2_AZURE_45
#   fix: "Add an azurerm_private_endpoint whose private_service_connection names it, with the subresource sqlServer."
#   references:
#     - CWE-668
#     - NIST SP 800-53 SC-7
package custody.check.terraform.azure_mssql_server_private_endpoint

import data.custody.terraform as tf

findings contains tf.finding(server, "", "no private endpoint leads to it") if {
	some server in input.resources.azurerm_mssql_server
	not server.address in with_endpoint
}

with_endpoint := tf.referred_by("azurerm_private_endpoint")
