# METADATA
# title: "A database stands in EC2-Classic"
# description: "No network of yours decides who may knock at it; AWS has retired this kind of group."
# custom:
#   id: AWS-198
#   severity: medium
#   checkov: CKV_AWS_198
#   fix: "Remove the resource, and give the database vpc_security_group_ids and a subnet group."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SC-7
package custody.check.terraform.aws_db_security_group

import data.custody.terraform as tf

findings contains tf.finding(group, "name", "it is for databases outside a VPC") if {
	some group in input.resources.aws_db_security_group
}
