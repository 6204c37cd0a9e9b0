# METADATA
# title: "Nodes of an EMR cluster talk in the clear"
# description: "Every join sends rows between them."
# custom:
#   id: AWS-351
#   severity: high
#   checkov: CKV_AWS_351
#   fix: "Set EnableInTransitEncryption to true, with TLSCertificateConfiguration."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_emr_transit

import data.custody.terraform as tf

findings contains tf.finding(security, "configuration", "nodes talk in the clear") if {
	some security in input.resources.aws_emr_security_configuration
	settings := object.get(tf.document(security.values.configuration), "EncryptionConfiguration", {})
	not encrypts(settings)
}

encrypts(settings) if tf.given(settings.EnableInTransitEncryption)
