# METADATA
# title: "A replication instance is not under a key of your own"
# description: "Rows that are on their way from one database to another are cached on its disk."
# custom:
#   id: AWS-212
#   severity: medium
#   checkov: CKV_AWS_212
#   fix: "Set kms_key_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_dms_instance_key

import data.custody.terraform as tf

findings contains tf.finding(instance, "kms_key_arn", "no key of yours encrypts it") if {
	some instance in input.resources.aws_dms_replication_instance
	not tf.given(tf.value(instance, "kms_key_arn"))
}
