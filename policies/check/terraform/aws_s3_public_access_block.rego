# METADATA
# title: "A bucket does not block public access"
# description: "One careless access list or policy opens it to everybody."
# custom:
#   id: AWS2-006
#   severity: high
#   checkov: CKV2_AWS_6
#   fix: "Add an aws_s3_bucket_public_access_block with all four arguments true."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - CIS AWS 3.0.0, 2.1.4
#     - GDPR Art. 32
package custody.check.terraform.aws_s3_public_access_block

import data.custody.terraform as tf

findings contains tf.finding(bucket, "bucket", "it does not block public access") if {
	some bucket in input.resources.aws_s3_bucket
	not blocks_public_access(bucket)
}

blocks_public_access(bucket) if {
	some settings in tf.for_bucket(bucket, "aws_s3_bucket_public_access_block")
	tf.yes(tf.value(settings, "block_public_acls"))
	tf.yes(tf.value(settings, "block_public_policy"))
}
