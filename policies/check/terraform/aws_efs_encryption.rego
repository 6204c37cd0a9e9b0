# METADATA
# title: "A shared file system is not encrypted"
# description: "Training files and extracts lie on its disks and backups as they are."
# custom:
#   id: AWS-042
#   severity: high
#   checkov: CKV_AWS_42
#   fix: "Write encrypted = true; a file system that exists must be copied to a new one."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - CIS AWS 3.0.0, 2.4.1
#     - GDPR Art. 32
package custody.check.terraform.aws_efs_encryption

import data.custody.terraform as tf

findings contains tf.finding(filesystem, "encrypted", "it is not encrypted") if {
	some filesystem in input.resources.aws_efs_file_system
	not tf.yes(tf.value(filesystem, "encrypted"))
}
