# METADATA
# title: "An access point takes any user id"
# description: "A client may claim to be the owner of every file."
# custom:
#   id: AWS-330
#   severity: medium
#   checkov: CKV_AWS_330
#   fix: "Write posix_user with uid and gid."
#   references:
#     - CWE-287
#     - NIST SP 800-53 AC-6
package custody.check.terraform.aws_efs_access_point_user

import data.custody.terraform as tf

findings contains tf.finding(point, "posix_user.gid", "it does not say as which user files are touched") if {
	some point in input.resources.aws_efs_access_point
	not tf.given(tf.value(point, "posix_user.gid"))
}
