# METADATA
# title: "An RDS cluster is in no backup plan"
# description: "Its own snapshots are deleted with it; those of a plan are not."
# custom:
#   id: AWS2-008
#   severity: low
#   checkov: CKV2_AWS_8
#   fix: "Name it in the resources of an aws_backup_selection."
#   references:
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_rds_cluster_backup_plan

import data.custody.terraform as tf

findings contains tf.finding(cluster, "name", "no backup plan selects it") if {
	some cluster in input.resources.aws_rds_cluster
	tf.neighbours(cluster, {"aws_backup_selection"}) == []
}
