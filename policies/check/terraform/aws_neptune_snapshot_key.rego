# METADATA
# title: "A snapshot of a graph database is not under a key of your own"
# description: "Old snapshots are forgotten; one that depends on a key ends with the key."
# custom:
#   id: AWS-280
#   severity: medium
#   checkov: CKV_AWS_280
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_neptune_snapshot_key

import data.custody.terraform as tf

findings contains tf.finding(snapshot, "kms_key_id", "no key of yours encrypts it") if {
	some snapshot in input.resources.aws_neptune_cluster_snapshot
	not tf.given(tf.value(snapshot, "kms_key_id"))
}
