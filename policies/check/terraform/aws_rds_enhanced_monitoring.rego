# METADATA
# title: "A database is not monitored in detail"
# description: "An unusual load, such as somebody copying a whole table, does not show in coarse figures."
# custom:
#   id: AWS-118
#   severity: low
#   checkov: CKV_AWS_118
#   fix: "Write monitoring_interval = 60 (or 1, 5, 10, 15, 30) and a monitoring_role_arn."
#   references:
#     - CWE-778
#     - NIST SP 800-53 SI-4
package custody.check.terraform.aws_rds_enhanced_monitoring

import data.custody.terraform as tf

findings contains tf.finding(database, "monitoring_interval", "enhanced monitoring is off") if {
	some database in tf.resources({"aws_db_instance", "aws_rds_cluster_instance"})
	not tf.among(tf.value(database, "monitoring_interval"), {1, 5, 10, 15, 30, 60})
}
