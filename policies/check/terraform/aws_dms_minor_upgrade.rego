# METADATA
# title: "A replication instance does not take minor upgrades by itself"
# description: "It holds credentials of two databases, so a hole in it opens both."
# custom:
#   id: AWS-222
#   severity: low
#   checkov: CKV_AWS_222
#   fix: "Write auto_minor_version_upgrade = true."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.aws_dms_minor_upgrade

import data.custody.terraform as tf

findings contains tf.finding(instance, "auto_minor_version_upgrade", "minor versions are not installed by themselves") if {
	some instance in input.resources.aws_dms_replication_instance
	not tf.yes(tf.value(instance, "auto_minor_version_upgrade"))
}
