# METADATA
# title: "A DocumentDB cluster does not audit"
# description: "Reads and changes of documents about people leave no trace."
# custom:
#   id: AWS-104
#   severity: medium
#   checkov: CKV_AWS_104
#   fix: "Add a parameter audit_logs with the value all (or ddl, enabled)."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_docdb_audit_log

import data.custody.terraform as tf

findings contains tf.finding(group, "parameter", "audit_logs is not enabled") if {
	some group in input.resources.aws_docdb_cluster_parameter_group
	not audits(group)
}

audits(group) if {
	some value in tf.parameters(group, "audit_logs")
	some mode in {"enabled", "ddl", "all"}
	contains(value, mode)
}

audits(group) if {
	some value in tf.parameters(group, "audit_logs")
	tf.unknown(value)
}
