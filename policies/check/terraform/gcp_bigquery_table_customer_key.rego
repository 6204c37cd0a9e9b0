# METADATA
# title: "A BigQuery table is encrypted with a key of Google alone"
# description: "Without a key of your own nobody can make its rows unreadable when they have to be."
# custom:
#   id: GCP-080
#   severity: medium
#   checkov: CKV_GCP_80
#   fix: "Add encryption_configuration with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 7.2
package custody.check.terraform.gcp_bigquery_table_customer_key

import data.custody.terraform as tf

findings contains tf.finding(table, "encryption_configuration.kms_key_name", "no key of yours encrypts it") if {
	some table in input.resources.google_bigquery_table
	not tf.given(tf.value(table, "encryption_configuration.kms_key_name"))
}
