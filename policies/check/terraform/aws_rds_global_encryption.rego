# METADATA
# title: "A global database is not encrypted"
# description: "Its rows are copied to every region as they are."
# custom:
#   id: AWS-140
#   severity: high
#   checkov: CKV_AWS_140
#   fix: "Write storage_encrypted = true, or make it from an encrypted cluster with source_db_cluster_identifier."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_rds_global_encryption

import data.custody.terraform as tf

findings contains tf.finding(cluster, "storage_encrypted", "its storage is not encrypted") if {
	some cluster in input.resources.aws_rds_global_cluster

	# Made from another cluster, it is encrypted as that one is.
	tf.value(cluster, "source_db_cluster_identifier") == null
	not tf.yes(tf.value(cluster, "storage_encrypted"))
}
