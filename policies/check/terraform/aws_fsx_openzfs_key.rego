# METADATA
# title: "An OpenZFS file system is not under a key of your own"
# description: "Its clones and snapshots multiply what it holds."
# custom:
#   id: AWS-203
#   severity: medium
#   checkov: CKV_AWS_203
#   fix: "Set kms_key_id to a KMS key of your own."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_fsx_openzfs_key

import data.custody.terraform as tf

findings contains tf.finding(filesystem, "kms_key_id", "no key of yours encrypts it") if {
	some filesystem in input.resources.aws_fsx_openzfs_file_system
	not tf.given(tf.value(filesystem, "kms_key_id"))
}
