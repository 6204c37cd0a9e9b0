# METADATA
# title: "A search domain is not under a key of your own"
# description: "An index repeats the documents themselves; who may decrypt it should be your decision."
# custom:
#   id: AWS-247
#   severity: medium
#   checkov: CKV_AWS_247
#   fix: "Set encrypt_at_rest with enabled = true and kms_key_id."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - NIST SP 800-53 SC-28
package custody.check.terraform.aws_opensearch_key

import data.custody.terraform as tf

findings contains tf.finding(domain, "encrypt_at_rest.kms_key_id", "no key of yours encrypts its indices") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not tf.given(tf.value(domain, "encrypt_at_rest.kms_key_id"))
}
