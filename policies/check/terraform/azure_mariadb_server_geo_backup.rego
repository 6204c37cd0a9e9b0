# METADATA
# title: "Backups of a MariaDB server stay in its region"
# description: "A fire in one region takes the tables and what could have brought them back."
# custom:
#   id: AZURE-129
#   severity: low
#   checkov: CKV_AZURE_129
#   fix: "Set geo_redundant_backup_enabled = true."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.azure_mariadb_server_geo_backup

import data.custody.terraform as tf

findings contains tf.finding(server, "geo_redundant_backup_enabled", "its backups stay in one region") if {
	some server in input.resources.azurerm_mariadb_server
	not tf.yes(tf.value(server, "geo_redundant_backup_enabled"))
}
