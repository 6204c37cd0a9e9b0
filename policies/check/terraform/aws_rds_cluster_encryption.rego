# METADATA
# title: "An RDS cluster keeps its data unencrypted"
# description: "Snapshots and replicas of it are unencrypted too, and cannot be encrypted where they stand."
# custom:
#   id: AWS-096
#   severity: high
#   checkov: CKV_AWS_96
#   fix: "Write storage_encrypted = true; restore an encrypted copy where the cluster exists."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - CIS AWS 3.0.0, 2.3.1
#     - GDPR Art. 32
package custody.check.terraform.aws_rds_cluster_encryption

import data.custody.terraform as tf

findings contains tf.finding(cluster, "storage_encrypted", "its storage is not encrypted") if {
	some cluster in input.resources.aws_rds_cluster

	# Aurora Serverless is always encrypted.
	tf.value(cluster, "engine_mode") != "serverless"
	not tf.yes(tf.value(cluster, "storage_encrypted"))
}
