# METADATA
# title: "A KMS key is not rotated within 90 days"
# description: "The longer a key is in use, the more data one leak of it opens."
# custom:
#   id: GCP-043
#   severity: medium
#   checkov: CKV_GCP_43
#   fix: "Set rotation_period to 7776000s or less."
#   references:
#     - CWE-324
#     - NIST SP 800-53 SC-12
#     - CIS GCP 2.0.0, 1.10
package custody.check.terraform.gcp_kms_key_rotation

import data.custody.terraform as tf

findings contains tf.finding(key, "rotation_period", "90 days pass without a new version of it") if {
	some key in input.resources.google_kms_crypto_key

	# Keys with two halves cannot be rotated by themselves.
	not tf.value(key, "purpose") in {"ASYMMETRIC_DECRYPT", "ASYMMETRIC_SIGN"}
	not is_rotated(tf.value(key, "rotation_period"))
}

is_rotated(period) if {
	is_string(period)
	seconds := tf.number(trim_suffix(period, "s"))
	seconds >= 86400
	seconds <= 7776000
}

is_rotated(period) if tf.unknown(period)
