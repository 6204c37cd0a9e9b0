# METADATA
# title: "A Spanner database is encrypted with a key of Google alone"
# description: "Without a key of your own nobody can make its rows unreadable when they have to be."
# custom:
#   id: GCP-093
#   severity: medium
#   checkov: CKV_GCP_93
#   fix: "Add encryption_config with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_spanner_database_customer_key

import data.custody.terraform as tf

findings contains tf.finding(database, "encryption_config.kms_key_name", "no key of yours encrypts it") if {
	some database in input.resources.google_spanner_database
	not tf.given(tf.value(database, "encryption_config.kms_key_name"))
}
