# METADATA
# title: "A bucket keeps no versions"
# description: "A file that is overwritten or deleted is gone, and with it the proof of what a model was trained on."
# custom:
#   id: AWS-021
#   severity: medium
#   checkov: CKV_AWS_21
#   fix: "Add an aws_s3_bucket_versioning with status = \"Enabled\"."
#   references:
#     - CWE-693
#     - NIST SP 800-53 CP-9
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_s3_versioning

import data.custody.terraform as tf

findings contains tf.finding(bucket, "bucket", "it keeps no versions") if {
	some bucket in input.resources.aws_s3_bucket
	not keeps_versions(bucket)
}

keeps_versions(bucket) if tf.yes(tf.value(bucket, "versioning.enabled"))

keeps_versions(bucket) if {
	some versioning in tf.for_bucket(bucket, "aws_s3_bucket_versioning")
	tf.among(tf.value(versioning, "versioning_configuration.status"), {"Enabled"})
}
