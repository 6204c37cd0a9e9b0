# METADATA
# title: "A Bigtable instance is encrypted with a key of Google alone"
# description: "Without a key of your own nobody can make its rows unreadable when they have to be."
# custom:
#   id: GCP-085
#   severity: medium
#   checkov: CKV_GCP_85
#   fix: "Set kms_key_name in each cluster."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_bigtable_customer_key

import data.custody.terraform as tf

findings contains tf.finding(instance, "cluster.kms_key_name", "no key of yours encrypts one of its clusters") if {
	some instance in input.resources.google_bigtable_instance

	# Without a cluster of its own it has the one of the provider, and that has no key.
	some cluster in tf.list(object.get(instance.values, "cluster", {}))
	not tf.given(tf.of(cluster, "kms_key_name"))
}
