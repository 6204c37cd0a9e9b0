# METADATA
# title: "A search domain stands outside a VPC"
# description: "Its endpoint answers to the internet, and one lax access policy opens every document."
# custom:
#   id: AWS-137
#   severity: high
#   checkov: CKV_AWS_137
#   fix: "Write vpc_options with subnet_ids and security_group_ids."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_opensearch_vpc

import data.custody.terraform as tf

findings contains tf.finding(domain, "vpc_options", "it is not in a VPC") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not tf.given(tf.value(domain, "vpc_options"))
}
