# METADATA
# title: "An access point does not block public access"
# description: "One careless policy on it opens the bucket behind it to everybody."
# custom:
#   id: AWS-392
#   severity: high
#   checkov: CKV_AWS_392
#   fix: "Write block_public_acls, block_public_policy, ignore_public_acls and restrict_public_buckets = true, or leave the block out."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_s3_access_point_public

import data.custody.terraform as tf

findings contains tf.finding(point, "public_access_block_configuration", "it does not block public access") if {
	some point in input.resources.aws_s3_access_point
	some settings in tf.blocks(point, "public_access_block_configuration")
	tf.off(tf.of(settings, "block_public_acls"))
	tf.off(tf.of(settings, "block_public_policy"))
	tf.off(tf.of(settings, "restrict_public_buckets"))
}
