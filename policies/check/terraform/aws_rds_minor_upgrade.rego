# METADATA
# title: "A database does not take minor upgrades by itself"
# description: "Holes that are mended upstream stay open until somebody remembers this instance."
# custom:
#   id: AWS-226
#   severity: low
#   checkov: CKV_AWS_226
#   fix: "Write auto_minor_version_upgrade = true."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
#     - CIS AWS 3.0.0, 2.3.2
package custody.check.terraform.aws_rds_minor_upgrade

import data.custody.terraform as tf

findings contains tf.finding(database, "auto_minor_version_upgrade", "minor versions are not installed by themselves") if {
	some database in tf.resources({"aws_db_instance", "aws_rds_cluster_instance"})
	not tf.yes(tf.value(database, "auto_minor_version_upgrade"))
}
