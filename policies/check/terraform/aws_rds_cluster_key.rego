# METADATA
# title: "An RDS cluster is not under a key of your own"
# description: "With a key of your own, access to the data can be seen in one place and ended in one place."
# custom:
#   id: AWS-327
#   severity: medium
#   checkov: CKV_AWS_327
#   fix: "Set kms_key_id to a KMS key of your own, with storage_encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_rds_cluster_key

import data.custody.terraform as tf

findings contains tf.finding(cluster, "kms_key_id", "no key of yours encrypts it") if {
	some cluster in input.resources.aws_rds_cluster
	not tf.given(tf.value(cluster, "kms_key_id"))
}
