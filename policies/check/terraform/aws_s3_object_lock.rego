# METADATA
# title: "A bucket has an object lock that is not enabled"
# description: "Who believes that files cannot be changed is wrong."
# custom:
#   id: AWS-143
#   severity: low
#   checkov: CKV_AWS_143
#   fix: "Write object_lock_enabled = \"Enabled\" in object_lock_configuration."
#   references:
#     - CWE-693
#     - NIST SP 800-53 CP-9
#     - NIST SP 800-53 AU-9
package custody.check.terraform.aws_s3_object_lock

import data.custody.terraform as tf

findings contains tf.finding(bucket, "object_lock_configuration", "its object lock is not enabled") if {
	some bucket in input.resources.aws_s3_bucket
	some lock in tf.blocks(bucket, "object_lock_configuration")
	not tf.among(tf.of(lock, "object_lock_enabled"), {"Enabled"})
}
