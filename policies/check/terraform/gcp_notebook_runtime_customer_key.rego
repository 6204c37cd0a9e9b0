# METADATA
# title: "Disks of a notebook runtime are encrypted with a key of Google alone"
# description: "Data that somebody loaded into a notebook stay on its disk, under no key of yours."
# custom:
#   id: GCP2-035
#   severity: medium
#   checkov: CKV2_GCP_35
#   fix: "Add virtual_machine.virtual_machine_config.encryption_config with kms_key."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_notebook_runtime_customer_key

import data.custody.terraform as tf

findings contains tf.finding(runtime, "virtual_machine.virtual_machine_config.encryption_config.kms_key", "no key of yours encrypts its disks") if {
	some runtime in input.resources.google_notebooks_runtime
	not tf.given(tf.value(runtime, "virtual_machine.virtual_machine_config.encryption_config.kms_key"))
}
