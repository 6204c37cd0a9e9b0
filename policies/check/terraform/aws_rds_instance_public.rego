# METADATA
# title: "A database can be reached from the internet"
# description: "Only a password then stands between the whole internet and every row."
# custom:
#   id: AWS-017
#   severity: critical
#   checkov: CKV_AWS_17
#   fix: "Write publicly_accessible = false and reach it from within the VPC."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-7
#     - CIS AWS 3.0.0, 2.3.3
#     - GDPR Art. 32
package custody.check.terraform.aws_rds_instance_public

import data.custody.terraform as tf

findings contains tf.finding(database, "publicly_accessible", "it has a public address") if {
	some database in tf.resources({"aws_db_instance", "aws_rds_cluster_instance"})
	tf.on(tf.value(database, "publicly_accessible"))
}
