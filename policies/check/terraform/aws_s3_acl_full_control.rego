# METADATA
# title: "An access list shows everybody who may do what"
# description: "Whoever looks learns which accounts to attack; with full control they may change it."
# custom:
#   id: AWS-375
#   severity: critical
#   checkov: CKV_AWS_375
#   fix: "Remove the grant to the group AllUsers."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
package custody.check.terraform.aws_s3_acl_full_control

import data.custody.terraform as tf

findings contains tf.finding(acl, "access_control_policy", "everybody may read its access list") if {
	some acl in input.resources.aws_s3_bucket_acl
	some grant in tf.grants(acl, "http://acs.amazonaws.com/groups/global/AllUsers")
	tf.of(grant, "permission") in {"FULL_CONTROL", "READ_ACP"}
}
