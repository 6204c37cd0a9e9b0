# METADATA
# title: "An EMR configuration leaves local disks unencrypted"
# description: "Shuffles and spills write the rows of every join to them."
# custom:
#   id: AWS-349
#   severity: high
#   checkov: CKV_AWS_349
#   fix: "Set EnableAtRestEncryption to true, with a LocalDiskEncryptionConfiguration."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_emr_local_disk

import data.custody.terraform as tf

findings contains tf.finding(security, "configuration", "local disks are not encrypted") if {
	some security in input.resources.aws_emr_security_configuration
	settings := object.get(tf.document(security.values.configuration), "EncryptionConfiguration", {})
	not encrypts(settings)
}

encrypts(settings) if {
	settings.EnableAtRestEncryption == true
	tf.given(settings.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration)
}
