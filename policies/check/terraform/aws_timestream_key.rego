# METADATA
# title: "A time series database is not under a key of your own"
# description: "Readings over time tell when somebody sleeps, works and is away."
# custom:
#   id: AWS-160
#   severity: medium
#   checkov: CKV_AWS_160
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_timestream_key

import data.custody.terraform as tf

findings contains tf.finding(database, "kms_key_id", "no key of yours encrypts it") if {
	some database in input.resources.aws_timestreamwrite_database
	not tf.given(tf.value(database, "kms_key_id"))
}
