# METADATA
# title: "A warehouse writes no audit log"
# description: "Nobody can tell afterwards who queried whose data."
# custom:
#   id: AWS-071
#   severity: medium
#   checkov: CKV_AWS_71
#   fix: "Write logging { enable = true } with a bucket_name."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_redshift_logging

import data.custody.terraform as tf

findings contains tf.finding(cluster, "logging.enable", "its audit log is off") if {
	some cluster in input.resources.aws_redshift_cluster
	not tf.yes(tf.value(cluster, "logging.enable"))
}
