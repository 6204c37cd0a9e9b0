# METADATA
# title: "A search domain keeps its indices unencrypted"
# description: "Disks and snapshots of the domain hold the full text of what people wrote."
# custom:
#   id: AWS-005
#   severity: high
#   checkov: CKV_AWS_5
#   fix: "Write encrypt_at_rest { enabled = true }."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-28
#     - GDPR Art. 32
package custody.check.terraform.aws_opensearch_encryption

import data.custody.terraform as tf

findings contains tf.finding(domain, "encrypt_at_rest.enabled", "its indices are not encrypted") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not tf.yes(tf.value(domain, "encrypt_at_rest.enabled"))
}
