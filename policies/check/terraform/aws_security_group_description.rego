# METADATA
# title: "A security group or rule does not say what it is for"
# description: "Nobody dares to close what nobody can explain, so ways to the data stay open."
# custom:
#   id: AWS-023
#   severity: low
#   checkov: CKV_AWS_23
#   fix: "Write a description for the group and for each of its rules."
#   references:
#     - NIST SP 800-53 CM-6
package custody.check.terraform.aws_security_group_description

import data.custody.terraform as tf

findings contains tf.finding(group, "description", "it, or a rule in it, has no description") if {
	some group in tf.resources({
		"aws_security_group",
		"aws_security_group_rule",
		"aws_db_security_group",
		"aws_elasticache_security_group",
		"aws_redshift_security_group",
		"aws_vpc_security_group_egress_rule",
		"aws_vpc_security_group_ingress_rule",
	})
	is_silent(group)
}

is_silent(group) if tf.value(group, "description") == null

is_silent(group) if {
	# A rule of its own has a type, and no rules inside.
	tf.value(group, "type") == null
	some direction in {"ingress", "egress"}
	are_blocks(group, direction)
	some rule in tf.blocks(group, direction)
	tf.of(rule, "description") == null
}

# Rules that are given as a list have to name everything: Terraform sees to it.
are_blocks(group, direction) if {
	some name, _ in group.lines
	startswith(name, sprintf("%s.", [direction]))
}
