# METADATA
# title: "An Aurora PostgreSQL version lets users read files of the host"
# description: "Files with credentials of the service were readable through the database."
# custom:
#   id: AWS-388
#   severity: high
#   checkov: CKV_AWS_388
#   fix: "Raise engine_version above 11.8 (or 10.13)."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.aws_rds_aurora_file_read

import data.custody.terraform as tf

findings contains tf.finding(database, "engine_version", "its version lets users read files of the host") if {
	some database in input.resources.aws_db_instance
	tf.value(database, "engine") == "aurora-postgresql"
	sprintf("%v", [tf.value(database, "engine_version")]) in {"10.11", "10.12", "10.13", "11.6", "11.7", "11.8"}
}
