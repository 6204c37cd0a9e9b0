# METADATA
# title: "Disks of a notebook instance are encrypted with a key of Google alone"
# description: "Data that somebody loaded into a notebook stay on its disk, under no key of yours."
# custom:
#   id: GCP2-021
#   severity: medium
#   checkov: CKV2_GCP_21
#   fix: "Set disk_encryption = CMEK and kms_key."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_notebook_customer_key

import data.custody.terraform as tf

findings contains tf.finding(instance, "kms_key", "no key of yours encrypts its disks") if {
	some instance in input.resources.google_notebooks_instance
	not has_key(instance)
}

has_key(instance) if {
	tf.value(instance, "kms_key") != null
	tf.among(tf.value(instance, "disk_encryption"), {"CMEK"})
}
