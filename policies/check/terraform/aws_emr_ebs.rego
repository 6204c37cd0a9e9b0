# METADATA
# title: "An EMR configuration leaves EBS volumes unencrypted"
# description: "The root volume keeps logs and temporary files with rows in them."
# custom:
#   id: AWS-350
#   severity: high
#   checkov: CKV_AWS_350
#   fix: "Set EnableEbsEncryption to true in LocalDiskEncryptionConfiguration, with EnableAtRestEncryption."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_emr_ebs

import data.custody.terraform as tf

findings contains tf.finding(security, "configuration", "EBS volumes are not encrypted") if {
	some security in input.resources.aws_emr_security_configuration
	settings := object.get(tf.document(security.values.configuration), "EncryptionConfiguration", {})
	not encrypts(settings)
}

encrypts(settings) if {
	settings.EnableAtRestEncryption == true
	tf.given(settings.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.EnableEbsEncryption)
}
