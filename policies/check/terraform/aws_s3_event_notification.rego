# METADATA
# title: "A bucket tells nobody of new files"
# description: "What should check files on arrival, for personal data say, learns of them late or never."
# custom:
#   id: AWS2-062
#   severity: low
#   checkov: CKV2_AWS_62
#   fix: "Add an aws_s3_bucket_notification."
#   references:
#     - NIST SP 800-53 SI-4
#     - NIST SP 800-53 AU-6
package custody.check.terraform.aws_s3_event_notification

import data.custody.terraform as tf

findings contains tf.finding(bucket, "bucket", "nobody is told of new files") if {
	some bucket in input.resources.aws_s3_bucket
	tf.for_bucket(bucket, "aws_s3_bucket_notification") == []
}
