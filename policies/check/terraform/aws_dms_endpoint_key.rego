# METADATA
# title: "A migration endpoint is not under a key of your own"
# description: "It keeps the password of the database that it reads, or writes files without your key."
# custom:
#   id: AWS-296
#   severity: medium
#   checkov: CKV_AWS_296
#   fix: "Set kms_key_arn; for S3 set s3_settings.server_side_encryption_kms_key_id."
#   references:
#     - CWE-522
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_dms_endpoint_key

import data.custody.terraform as tf

findings contains tf.finding(endpoint, "kms_key_arn", "no key of yours encrypts it") if {
	some endpoint in input.resources.aws_dms_endpoint
	not tf.given(tf.value(endpoint, key_argument(endpoint)))
}

key_argument(endpoint) := "s3_settings.server_side_encryption_kms_key_id" if {
	tf.value(endpoint, "engine_name") == "s3"
} else := "kms_key_arn"
