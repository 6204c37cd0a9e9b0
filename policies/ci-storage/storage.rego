# METADATA
# title: Buckets in a Terraform plan
# description: For CI. No bucket is public, each has an owner, and those with personal data are encrypted with our key.
package ci.storage

# Terraform's plan as JSON: terraform show -json plan.
buckets contains resource if {
	some resource in input.resource_changes
	resource.type == "aws_s3_bucket"
	some action in resource.change.actions
	action in {"create", "update"}
}

violations contains msg if {
	some bucket in buckets
	bucket.change.after.acl in {"public-read", "public-read-write"}
	msg := sprintf("%s is public", [bucket.address])
}

violations contains msg if {
	some bucket in buckets
	object.get(bucket.change.after, ["tags", "owner"], "") == ""
	msg := sprintf("%s has no owner", [bucket.address])
}

violations contains msg if {
	some bucket in buckets
	regex.match(`(^|[-_])(pii|customers?)([-_]|$)`, bucket.change.after.bucket)
	not encrypted(bucket)
	msg := sprintf("%s holds personal data and is not encrypted with our key", [bucket.address])
}

encrypted(bucket) if startswith(bucket.change.after.kms_key, "arn:aws:kms:eu-")

allow if count(violations) == 0
