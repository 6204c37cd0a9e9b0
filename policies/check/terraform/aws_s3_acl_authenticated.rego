# METADATA
# title: "A bucket is open to every AWS account"
# description: "\"Authenticated\" means anybody who has opened an account anywhere."
# custom:
#   id: AWS2-043
#   severity: critical
#   checkov: CKV2_AWS_43
#   fix: "Remove the grant to the group AuthenticatedUsers, and name accounts in a bucket policy."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_s3_acl_authenticated

import data.custody.terraform as tf

findings contains tf.finding(acl, "access_control_policy", "every AWS account has a grant") if {
	some acl in input.resources.aws_s3_bucket_acl
	some _ in tf.grants(acl, "http://acs.amazonaws.com/groups/global/AuthenticatedUsers")
}
