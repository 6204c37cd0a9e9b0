# METADATA
# title: "Reads of a bucket are not logged"
# description: "Nobody can tell afterwards who fetched which file."
# custom:
#   id: AWS-018
#   severity: medium
#   checkov: CKV_AWS_18
#   fix: "Add an aws_s3_bucket_logging with a target_bucket."
#   references:
#     - CWE-778
#     - NIST SP 800-53 AU-2
#     - NIST SP 800-53 AU-12
package custody.check.terraform.aws_s3_logging

import data.custody.terraform as tf

findings contains tf.finding(bucket, "bucket", "reads of it are not logged") if {
	some bucket in input.resources.aws_s3_bucket
	tf.value(bucket, "logging") == null
	tf.for_bucket(bucket, "aws_s3_bucket_logging") == []
}
