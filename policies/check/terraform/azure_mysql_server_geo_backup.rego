# METADATA
# title: "Backups of a MySQL server stay in its region"
# description: "A lost region takes the rows for good, and what people are owed of them."
# custom:
#   id: AZURE-094
#   severity: low
#   checkov: CKV_AZURE_94
#   fix: "Set geo_redundant_backup_enabled = true."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.azure_mysql_server_geo_backup

import data.custody.terraform as tf

findings contains tf.finding(server, "geo_redundant_backup_enabled", "its backups stay in one region") if {
	some server in tf.resources({"azurerm_mysql_flexible_server", "azurerm_mysql_server"})
	not tf.yes(tf.value(server, "geo_redundant_backup_enabled"))
}
