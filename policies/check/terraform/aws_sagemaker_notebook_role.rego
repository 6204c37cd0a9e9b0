# METADATA
# title: "The role of a notebook may do everything"
# description: "Whatever runs in a cell, a package of a stranger too, has all data of the account."
# custom:
#   id: AWS2-068
#   severity: high
#   checkov: CKV2_AWS_68
#   fix: "List the actions that the study needs in the policy of its role."
#   references:
#     - CWE-250
#     - NIST SP 800-53 AC-6
package custody.check.terraform.aws_sagemaker_notebook_role

import data.custody.terraform as tf

findings contains tf.finding(notebook, "role_arn", "its role may do everything, or is none of this configuration") if {
	some notebook in input.resources.aws_sagemaker_notebook_instance
	not has_narrow_role(notebook)
}

has_narrow_role(notebook) if {
	some role in tf.neighbours(notebook, {"aws_iam_role"})
	not may_do_everything(role)
}

may_do_everything(role) if allows_all(tf.value(role, "policy"))

may_do_everything(role) if {
	some inline in tf.blocks(role, "inline_policy")
	allows_all(tf.of(inline, "policy"))
}

may_do_everything(role) if {
	some attached in tf.neighbours(role, {"aws_iam_role_policy"})
	allows_all(tf.value(attached, "policy"))
}

allows_all(policy) if {
	some statement in tf.statements(policy)
	statement.effect == "Allow"
	"*" in statement.actions
}
