# METADATA
# title: "A Neptune cluster is not under a key of your own"
# description: "Relations between people are told by the graph; only a key of your own lets you say who may decrypt it."
# custom:
#   id: AWS-347
#   severity: medium
#   checkov: CKV_AWS_347
#   fix: "Set kms_key_arn to a KMS key of your own, with storage_encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_neptune_cluster_key

import data.custody.terraform as tf

findings contains tf.finding(cluster, "kms_key_arn", "no key of yours encrypts it") if {
	some cluster in input.resources.aws_neptune_cluster
	not tf.given(tf.value(cluster, "kms_key_arn"))
}
