# METADATA
# title: "A search domain answers over plain HTTP"
# description: "Queries and documents cross the network readable by anybody on the way."
# custom:
#   id: AWS-083
#   severity: high
#   checkov: CKV_AWS_83
#   fix: "Write domain_endpoint_options { enforce_https = true }."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_opensearch_https

import data.custody.terraform as tf

findings contains tf.finding(domain, "domain_endpoint_options.enforce_https", "it answers over plain HTTP") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	tf.off(tf.value(domain, "domain_endpoint_options.enforce_https"))
}
