# METADATA
# title: "A Pub/Sub topic is encrypted with a key of Google alone"
# description: "Messages that wait cannot be made unreadable by you."
# custom:
#   id: GCP-083
#   severity: medium
#   checkov: CKV_GCP_83
#   fix: "Set kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
package custody.check.terraform.gcp_pubsub_topic_customer_key

import data.custody.terraform as tf

findings contains tf.finding(topic, "kms_key_name", "no key of yours encrypts it") if {
	some topic in input.resources.google_pubsub_topic
	not tf.given(tf.value(topic, "kms_key_name"))
}
