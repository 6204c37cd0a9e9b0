# METADATA
# title: "A warehouse does not take new versions"
# description: "Holes that are mended upstream stay open beside all the joined data."
# custom:
#   id: AWS-141
#   severity: low
#   checkov: CKV_AWS_141
#   fix: "Write allow_version_upgrade = true, or leave it out."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.aws_redshift_version_upgrade

import data.custody.terraform as tf

findings contains tf.finding(cluster, "allow_version_upgrade", "it does not take new versions") if {
	some cluster in input.resources.aws_redshift_cluster
	tf.off(tf.value(cluster, "allow_version_upgrade"))
}
