# METADATA
# title: "A Neptune cluster keeps its graph unencrypted"
# description: "Whoever gets at the volumes or backups reads how people are connected."
# custom:
#   id: AWS-044
#   severity: high
#   checkov: CKV_AWS_44
#   fix: "Write storage_encrypted = true."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_neptune_encryption

import data.custody.terraform as tf

findings contains tf.finding(cluster, "storage_encrypted", "its storage is not encrypted") if {
	some cluster in input.resources.aws_neptune_cluster
	not tf.yes(tf.value(cluster, "storage_encrypted"))
}
