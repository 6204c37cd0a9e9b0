# METADATA
# title: "A trail is not under a key of your own"
# description: "Whoever can read its bucket learns who works with which data."
# custom:
#   id: AWS-035
#   severity: medium
#   checkov: CKV_AWS_35
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 AU-9
#     - CIS AWS 3.0.0, 3.5
package custody.check.terraform.aws_cloudtrail_key

import data.custody.terraform as tf

findings contains tf.finding(trail, "kms_key_id", "no key of yours encrypts it") if {
	some trail in input.resources.aws_cloudtrail
	not tf.given(tf.value(trail, "kms_key_id"))
}
