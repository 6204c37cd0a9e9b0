# METADATA
# title: "A copied disk snapshot is not under a key of your own"
# description: "Copies of disks gather in accounts for years, with whatever was on them."
# custom:
#   id: AWS-183
#   severity: medium
#   checkov: CKV_AWS_183
#   fix: "Write encrypted = true and set kms_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_ebs_snapshot_copy_key

import data.custody.terraform as tf

findings contains tf.finding(snapshot, "kms_key_id", "no key of yours encrypts it") if {
	some snapshot in input.resources.aws_ebs_snapshot_copy
	not tf.given(tf.value(snapshot, "kms_key_id"))
}
