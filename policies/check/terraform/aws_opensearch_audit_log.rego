# METADATA
# title: "A search domain writes no audit log"
# description: "Nobody can tell who searched for whom."
# custom:
#   id: AWS-317
#   severity: medium
#   checkov: CKV_AWS_317
#   fix: "Write log_publishing_options with log_type = \"AUDIT_LOGS\", enabled = true and a log group."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_opensearch_audit_log

import data.custody.terraform as tf

findings contains tf.finding(domain, "log_publishing_options", "audit logs are not published") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not audits(domain)
}

audits(domain) if {
	some option in tf.blocks(domain, "log_publishing_options")
	tf.among(tf.of(option, "log_type"), {"AUDIT_LOGS"})
	tf.yes(tf.of(option, "enabled"))
}
