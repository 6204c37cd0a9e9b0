# METADATA
# title: "A snapshot of a database cluster is not encrypted"
# description: "A snapshot is all rows in one object that can be shared with any account."
# custom:
#   id: AWS-146
#   severity: high
#   checkov: CKV_AWS_146
#   fix: "Take it from an encrypted cluster, or copy it with a key."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_rds_cluster_snapshot_encryption

import data.custody.terraform as tf

findings contains tf.finding(snapshot, "storage_encrypted", "it is not encrypted") if {
	some snapshot in input.resources.aws_db_cluster_snapshot
	not tf.yes(tf.value(snapshot, "storage_encrypted"))
}
