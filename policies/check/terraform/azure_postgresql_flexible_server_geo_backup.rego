# METADATA
# title: "Backups of a PostgreSQL flexible server stay in its region"
# description: "When the region is lost, so are the rows and their backups."
# custom:
#   id: AZURE-136
#   severity: low
#   checkov: CKV_AZURE_136
#   fix: "Set geo_redundant_backup_enabled = true; it can only be chosen when the server is made."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.azure_postgresql_flexible_server_geo_backup

import data.custody.terraform as tf

findings contains tf.finding(server, "geo_redundant_backup_enabled", "its backups stay in one region") if {
	some server in input.resources.azurerm_postgresql_flexible_server

	# A replica is not backed up by itself.
	not tf.among(tf.value(server, "create_mode"), {"Replica"})
	not tf.yes(tf.value(server, "geo_redundant_backup_enabled"))
}
