# METADATA
# title: "A MySQL instance cannot be put back to a point in time"
# description: "What was deleted or changed since the last backup is gone."
# custom:
#   id: GCP2-020
#   severity: medium
#   checkov: CKV2_GCP_20
#   fix: "Add to settings a backup_configuration with enabled = true and binary_log_enabled = true."
#   references:
#     - NIST SP 800-53 CP-9
#     - GDPR Art. 32
package custody.check.terraform.gcp_mysql_point_in_time_recovery

import data.custody.terraform as tf

findings contains tf.finding(instance, "settings.backup_configuration", "it keeps no binary log") if {
	some instance in input.resources.google_sql_database_instance
	contains(object.get(instance.values, "database_version", ""), "MYSQL")

	# A replica is put back from its master.
	tf.value(instance, "master_instance_name") == null
	not tf.yes(tf.value(instance, "settings.backup_configuration.binary_log_enabled"))
}
