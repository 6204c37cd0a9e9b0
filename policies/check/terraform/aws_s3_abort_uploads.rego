# METADATA
# title: "Parts of failed uploads stay for ever"
# description: "Pieces of files lie in the bucket, listed nowhere and found by no erasure."
# custom:
#   id: AWS-300
#   severity: low
#   checkov: CKV_AWS_300
#   fix: "Add a rule without a filter that has abort_incomplete_multipart_upload { days_after_initiation = 7 }."
#   references:
#     - NIST SP 800-53 SI-12
package custody.check.terraform.aws_s3_abort_uploads

import data.custody.terraform as tf

findings contains tf.finding(lifecycle, "rule", "it does not end failed uploads everywhere") if {
	some lifecycle in input.resources.aws_s3_bucket_lifecycle_configuration
	not ends_uploads(lifecycle)
}

ends_uploads(lifecycle) if {
	some rule in tf.blocks(lifecycle, "rule")
	tf.among(tf.of(rule, "status"), {"Enabled"})
	tf.of(rule, "abort_incomplete_multipart_upload") != null
	not is_partial(rule)
}

# It is for some objects only.
is_partial(rule) if {
	some filter in object.get(rule, "filter", [])
	some scope in array.concat([filter], object.get(filter, "and", []))
	some criterion in {"prefix", "tag", "object_size_greater_than", "object_size_less_than"}
	tf.given(tf.of(scope, criterion))
}
