# METADATA
# title: "A Neptune cluster can be deleted by one call"
# description: "Relations that took years to collect cannot be given back to anybody."
# custom:
#   id: AWS2-058
#   severity: medium
#   checkov: CKV2_AWS_58
#   fix: "Write deletion_protection = true."
#   references:
#     - CWE-693
#     - NIST SP 800-53 CP-9
package custody.check.terraform.aws_neptune_deletion_protection

import data.custody.terraform as tf

findings contains tf.finding(cluster, "deletion_protection", "one call deletes it") if {
	some cluster in input.resources.aws_neptune_cluster
	not tf.yes(tf.value(cluster, "deletion_protection"))
}
