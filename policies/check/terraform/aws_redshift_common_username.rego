# METADATA
# title: "A public warehouse has a user name that everybody tries"
# description: "Whoever scans the internet for warehouses needs the password only."
# custom:
#   id: AWS-391
#   severity: high
#   checkov: CKV_AWS_391
#   fix: "Write publicly_accessible = false, and choose another master_username."
#   references:
#     - CWE-1392
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 SC-7
package custody.check.terraform.aws_redshift_common_username

import data.custody.terraform as tf

findings contains tf.finding(cluster, "master_username", "it is public, and its user name is a common one") if {
	some cluster in input.resources.aws_redshift_cluster
	tf.value(cluster, "master_username") in {"awsuser", "administrator", "admin"}

	# Old versions of the provider make it public where nothing is said.
	tf.value(cluster, "publicly_accessible") in {null, true}
}
