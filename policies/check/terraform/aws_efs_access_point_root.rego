# METADATA
# title: "An access point shows the whole file system"
# description: "Whoever mounts it reads the folders of every other team."
# custom:
#   id: AWS-329
#   severity: medium
#   checkov: CKV_AWS_329
#   fix: "Set root_directory.path to the folder that is meant."
#   references:
#     - CWE-668
#     - NIST SP 800-53 AC-6
package custody.check.terraform.aws_efs_access_point_root

import data.custody.terraform as tf

findings contains tf.finding(point, "root_directory", "it does not lead to a folder of its own") if {
	some point in input.resources.aws_efs_access_point
	tf.value(point, "root_directory.path") in {null, "", "/"}
}
