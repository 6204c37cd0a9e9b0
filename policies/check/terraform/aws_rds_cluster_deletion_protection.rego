# METADATA
# title: "An RDS cluster can be deleted by one call"
# description: "A wrong plan or a stolen role then destroys records that people have a right to get back."
# custom:
#   id: AWS-139
#   severity: medium
#   checkov: CKV_AWS_139
#   fix: "Write deletion_protection = true."
#   references:
#     - CWE-693
#     - NIST SP 800-53 CP-9
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_rds_cluster_deletion_protection

import data.custody.terraform as tf

findings contains tf.finding(cluster, "deletion_protection", "one call deletes it") if {
	some cluster in input.resources.aws_rds_cluster
	not tf.yes(tf.value(cluster, "deletion_protection"))
}
