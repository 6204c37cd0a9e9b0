# METADATA
# title: "A migration endpoint for S3 is not under a key of your own"
# description: "Its settings say where data come from and go to, and how to get in."
# custom:
#   id: AWS-298
#   severity: medium
#   checkov: CKV_AWS_298
#   fix: "Set kms_key_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_dms_s3_endpoint_key

import data.custody.terraform as tf

findings contains tf.finding(endpoint, "kms_key_arn", "no key of yours encrypts its settings") if {
	some endpoint in input.resources.aws_dms_s3_endpoint
	not tf.given(tf.value(endpoint, "kms_key_arn"))
}
