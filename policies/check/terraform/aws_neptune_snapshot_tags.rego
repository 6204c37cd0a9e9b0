# METADATA
# title: "Snapshots of a Neptune cluster lose the cluster's tags"
# description: "Without tags nobody can tell which snapshots fall under a request for erasure."
# custom:
#   id: AWS-362
#   severity: low
#   checkov: CKV_AWS_362
#   fix: "Write copy_tags_to_snapshot = true."
#   references:
#     - NIST SP 800-53 CM-8
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_neptune_snapshot_tags

import data.custody.terraform as tf

findings contains tf.finding(cluster, "copy_tags_to_snapshot", "snapshots lose its tags") if {
	some cluster in input.resources.aws_neptune_cluster
	not tf.yes(tf.value(cluster, "copy_tags_to_snapshot"))
}
