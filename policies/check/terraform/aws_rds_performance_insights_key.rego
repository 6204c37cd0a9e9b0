# METADATA
# title: "Performance insights are not under a key of your own"
# description: "They keep statements with the values that were asked for."
# custom:
#   id: AWS-354
#   severity: medium
#   checkov: CKV_AWS_354
#   fix: "Set performance_insights_kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_rds_performance_insights_key

import data.custody.terraform as tf

findings contains tf.finding(database, "performance_insights_enabled", "no key of yours encrypts its performance insights") if {
	some database in tf.resources({"aws_db_instance", "aws_rds_cluster_instance"})
	tf.yes(tf.value(database, "performance_insights_enabled"))
	tf.value(database, "performance_insights_kms_key_id") == null
}
