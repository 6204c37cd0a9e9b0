# METADATA
# title: "A global DocumentDB cluster is not encrypted"
# description: "The default is none, and the documents are copied to every region as they are."
# custom:
#   id: AWS-292
#   severity: high
#   checkov: CKV_AWS_292
#   fix: "Write storage_encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_docdb_global_encryption

import data.custody.terraform as tf

findings contains tf.finding(cluster, "storage_encrypted", "its storage is not encrypted") if {
	some cluster in input.resources.aws_docdb_global_cluster
	not tf.yes(tf.value(cluster, "storage_encrypted"))
}
