# METADATA
# title: "A BigQuery dataset is encrypted with a key of Google alone"
# description: "Every new table in it begins without a key that you could withdraw."
# custom:
#   id: GCP-081
#   severity: medium
#   checkov: CKV_GCP_81
#   fix: "Add default_encryption_configuration with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 7.3
package custody.check.terraform.gcp_bigquery_dataset_customer_key

import data.custody.terraform as tf

findings contains tf.finding(dataset, "default_encryption_configuration.kms_key_name", "no key of yours encrypts it") if {
	some dataset in input.resources.google_bigquery_dataset
	not tf.given(tf.value(dataset, "default_encryption_configuration.kms_key_name"))
}
