# METADATA
# title: "The secret key of an object store stands in the configuration"
# description: "Whoever reads the repository or the state can fetch every object."
# custom:
#   id: AWS-295
#   severity: high
#   checkov: CKV_AWS_295
#   fix: "Leave secret_key out and take it from a secrets manager when the agent is set up; withdraw the one that stands here."
#   references:
#     - CWE-798
#     - NIST SP 800-53 IA-5
package custody.check.terraform.aws_datasync_secret

import data.custody.terraform as tf

findings contains tf.finding(location, "secret_key", "its secret key stands in the configuration") if {
	some location in input.resources.aws_datasync_location_object_storage
	tf.given(tf.value(location, "secret_key"))
	not tf.unknown(tf.value(location, "secret_key"))
}
