# METADATA
# title: "A search domain accepts old versions of TLS"
# description: "Queries and documents on their way can be read where a client falls back to TLS 1.0."
# custom:
#   id: AWS-228
#   severity: high
#   checkov: CKV_AWS_228
#   fix: "Write tls_security_policy = \"Policy-Min-TLS-1-2-PFS-2023-10\" in domain_endpoint_options."
#   references:
#     - CWE-326
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_opensearch_tls_policy

import data.custody.terraform as tf

findings contains tf.finding(domain, "domain_endpoint_options.tls_security_policy", "it accepts old versions of TLS") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not tf.among(tf.value(domain, "domain_endpoint_options.tls_security_policy"), {"Policy-Min-TLS-1-2-2019-07", "Policy-Min-TLS-1-2-PFS-2023-10"})
}
