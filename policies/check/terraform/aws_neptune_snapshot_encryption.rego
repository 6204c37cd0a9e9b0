# METADATA
# title: "A snapshot of a graph database is not encrypted"
# description: "It holds every node and edge in one piece that is easily copied."
# custom:
#   id: AWS-279
#   severity: high
#   checkov: CKV_AWS_279
#   fix: "Take the snapshot from an encrypted cluster (storage_encrypted = true)."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_neptune_snapshot_encryption

import data.custody.terraform as tf

findings contains tf.finding(snapshot, "storage_encrypted", "it is not encrypted") if {
	some snapshot in input.resources.aws_neptune_cluster_snapshot
	not tf.yes(tf.value(snapshot, "storage_encrypted"))
}
