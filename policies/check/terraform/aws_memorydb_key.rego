# METADATA
# title: "An in-memory database is not under a key of your own"
# description: "Its log of transactions is kept on disk, in several zones."
# custom:
#   id: AWS-201
#   severity: medium
#   checkov: CKV_AWS_201
#   fix: "Set kms_key_arn to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_memorydb_key

import data.custody.terraform as tf

findings contains tf.finding(cluster, "kms_key_arn", "no key of yours encrypts it") if {
	some cluster in input.resources.aws_memorydb_cluster
	not tf.given(tf.value(cluster, "kms_key_arn"))
}
