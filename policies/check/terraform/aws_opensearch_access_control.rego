# METADATA
# title: "A search domain does not tell its users apart"
# description: "Whoever gets in reads every index and every field."
# custom:
#   id: AWS2-052
#   severity: high
#   checkov: CKV2_AWS_52
#   fix: "Write advanced_security_options { enabled = true } with a master user."
#   references:
#     - CWE-284
#     - NIST SP 800-53 AC-3
#     - NIST SP 800-53 AC-6
package custody.check.terraform.aws_opensearch_access_control

import data.custody.terraform as tf

findings contains tf.finding(domain, "advanced_security_options", "fine-grained access control is off") if {
	some domain in tf.resources({"aws_elasticsearch_domain", "aws_opensearch_domain"})
	not tf.yes(tf.value(domain, "advanced_security_options.enabled"))
	not tf.yes(tf.value(domain, "advanced_security_options.internal_user_database_enabled"))
}
