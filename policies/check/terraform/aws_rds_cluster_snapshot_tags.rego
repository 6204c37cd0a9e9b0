# METADATA
# title: "Snapshots of an RDS cluster lose the cluster's tags"
# description: "What is tagged as personal is no longer so in its snapshots, and retention rules pass them by."
# custom:
#   id: AWS-313
#   severity: low
#   checkov: CKV_AWS_313
#   fix: "Write copy_tags_to_snapshot = true."
#   references:
#     - NIST SP 800-53 CM-8
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_rds_cluster_snapshot_tags

import data.custody.terraform as tf

findings contains tf.finding(cluster, "copy_tags_to_snapshot", "snapshots lose its tags") if {
	some cluster in input.resources.aws_rds_cluster
	not tf.yes(tf.value(cluster, "copy_tags_to_snapshot"))
}
