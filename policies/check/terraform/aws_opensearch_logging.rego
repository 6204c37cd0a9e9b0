# METADATA
# title: "A search domain publishes no logs"
# description: "Failures and slow searches, which show misuse first, are not kept."
# custom:
#   id: AWS-084
#   severity: medium
#   checkov: CKV_AWS_84
#   fix: "Write log_publishing_options with a cloudwatch_log_group_arn."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_opensearch_logging

import data.custody.terraform as tf

findings contains tf.finding(domain, "log_publishing_options", "no log is published") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not publishes(domain)
}

publishes(domain) if {
	some option in tf.blocks(domain, "log_publishing_options")
	not tf.off(tf.of(option, "enabled"))
}
