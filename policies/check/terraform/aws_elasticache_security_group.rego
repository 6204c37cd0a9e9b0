# METADATA
# title: "A cache stands in EC2-Classic"
# description: "No network of yours decides who may read sessions from it; AWS has retired this kind of group."
# custom:
#   id: AWS-196
#   severity: medium
#   checkov: CKV_AWS_196
#   fix: "Remove the resource, and give the cache security_group_ids and a subnet group."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SC-7
package custody.check.terraform.aws_elasticache_security_group

import data.custody.terraform as tf

findings contains tf.finding(group, "name", "it is for caches outside a VPC") if {
	some group in input.resources.aws_elasticache_security_group
}
