# METADATA
# title: "A search domain has the default security group"
# description: "Whatever else lies in that group may query every index."
# custom:
#   id: AWS-248
#   severity: low
#   checkov: CKV_AWS_248
#   fix: "Set vpc_options.security_group_ids to a group of its own."
#   references:
#     - CWE-284
#     - NIST SP 800-53 SC-7
package custody.check.terraform.aws_opensearch_security_group

import data.custody.terraform as tf

findings contains tf.finding(domain, "vpc_options.security_group_ids", "it has the default security group") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not tf.given(tf.value(domain, "vpc_options.security_group_ids"))
}
