# METADATA
# title: "A key is never rotated"
# description: "All data of years hang on one secret; whoever gets it once can read them all."
# custom:
#   id: AWS-007
#   severity: medium
#   checkov: CKV_AWS_7
#   fix: "Write enable_key_rotation = true."
#   references:
#     - CWE-324
#     - NIST SP 800-53 SC-12
#     - CIS AWS 3.0.0, 3.6
package custody.check.terraform.aws_kms_rotation

import data.custody.terraform as tf

findings contains tf.finding(key, "enable_key_rotation", "it is not rotated") if {
	some key in input.resources.aws_kms_key

	# AWS rotates symmetric keys only.
	tf.value(key, "customer_master_key_spec") in {null, "SYMMETRIC_DEFAULT", "HMAC"}
	not tf.yes(tf.value(key, "enable_key_rotation"))
}
