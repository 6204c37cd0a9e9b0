# METADATA
# title: "A DocumentDB cluster is not under a key of your own"
# description: "Whole profiles lie in one document each; who may decrypt them should be your decision."
# custom:
#   id: AWS-182
#   severity: medium
#   checkov: CKV_AWS_182
#   fix: "Set kms_key_id to a KMS key of your own, with storage_encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_docdb_key

import data.custody.terraform as tf

findings contains tf.finding(cluster, "kms_key_id", "no key of yours encrypts it") if {
	some cluster in input.resources.aws_docdb_cluster
	not tf.given(tf.value(cluster, "kms_key_id"))
}
