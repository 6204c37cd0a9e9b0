# METADATA
# title: "A distribution reads a bucket that must be public for it"
# description: "Whoever asks the bucket itself goes past every rule of the distribution."
# custom:
#   id: AWS2-046
#   severity: medium
#   checkov: CKV2_AWS_46
#   fix: "Write origin_access_control_id (or s3_origin_config) for the origin, and close the bucket."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_cloudfront_s3_origin

import data.custody.terraform as tf

findings contains tf.finding(distribution, "origin", "its bucket is read without an origin access control") if {
	some distribution in input.resources.aws_cloudfront_distribution
	tf.neighbours(distribution, {"aws_s3_bucket"}) != []
	not has_access(distribution)
}

has_access(distribution) if {
	some origin in tf.blocks(distribution, "origin")
	some argument in {"s3_origin_config", "origin_access_control_id"}
	tf.of(origin, argument) != null
}
