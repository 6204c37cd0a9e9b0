# METADATA
# title: "The Glue catalog or its passwords are not encrypted"
# description: "The catalog says where personal data lie, and its connections hold the passwords to them."
# custom:
#   id: AWS-094
#   severity: high
#   checkov: CKV_AWS_94
#   fix: "Set catalog_encryption_mode = \"SSE-KMS\" with a key, and return_connection_password_encrypted = true with a key."
#   references:
#     - CWE-311
#     - CWE-522
#     - NIST SP 800-53 SC-28
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_glue_catalog_encryption

import data.custody.terraform as tf

findings contains tf.finding(settings, "data_catalog_encryption_settings", "the catalog or the passwords of its connections are not encrypted by a key") if {
	some settings in input.resources.aws_glue_data_catalog_encryption_settings
	not encrypts_both(settings)
}

encrypts_both(settings) if {
	some block in tf.blocks(settings, "data_catalog_encryption_settings")
	tf.among(tf.of(block, "encryption_at_rest.catalog_encryption_mode"), {"SSE-KMS"})
	tf.of(block, "encryption_at_rest.sse_aws_kms_key_id") != null
	tf.yes(tf.of(block, "connection_password_encryption.return_connection_password_encrypted"))
	tf.of(block, "connection_password_encryption.aws_kms_key_id") != null
}
