# METADATA
# title: "Snapshots of a database lose its tags"
# description: "A snapshot that is not tagged as personal is kept and shared as if it were not."
# custom:
#   id: AWS2-060
#   severity: low
#   checkov: CKV2_AWS_60
#   fix: "Write copy_tags_to_snapshot = true."
#   references:
#     - NIST SP 800-53 CM-8
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_rds_snapshot_tags

import data.custody.terraform as tf

findings contains tf.finding(database, "copy_tags_to_snapshot", "snapshots lose its tags") if {
	some database in input.resources.aws_db_instance
	not tf.yes(tf.value(database, "copy_tags_to_snapshot"))
}

# For these the cluster says it, and what the instance says has no effect.
findings contains tf.finding(database, "copy_tags_to_snapshot", "snapshots are made by its cluster, which must copy the tags") if {
	some database in input.resources.aws_db_instance
	tf.yes(tf.value(database, "copy_tags_to_snapshot"))
	tf.value(database, "engine") in {"neptune", "aurora", "docdb"}
}
