# METADATA
# title: "A bucket has no lifecycle"
# description: "Files stay for ever, and with them personal data whose time is up."
# custom:
#   id: AWS2-061
#   severity: low
#   checkov: CKV2_AWS_61
#   fix: "Add an aws_s3_bucket_lifecycle_configuration with rules that end what is no longer needed."
#   references:
#     - NIST SP 800-53 SI-12
#     - NIST SP 800-53 MP-6
package custody.check.terraform.aws_s3_lifecycle

import data.custody.terraform as tf

findings contains tf.finding(bucket, "bucket", "nothing ends what lies in it") if {
	some bucket in input.resources.aws_s3_bucket
	tf.value(bucket, "lifecycle_rule") == null
	tf.for_bucket(bucket, "aws_s3_bucket_lifecycle_configuration") == []
}
