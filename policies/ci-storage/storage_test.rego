package ci.storage_test

import data.ci.storage

plan(after) := {"resource_changes": [{
	"type": "aws_s3_bucket",
	"address": "aws_s3_bucket.b",
	"change": {"actions": ["create"], "after": after},
}]}

test_in_order if {
	storage.allow with input as plan({"bucket": "features", "acl": "private", "tags": {"owner": "risk"}})
}

test_public if {
	storage.violations == {"aws_s3_bucket.b is public"} with input as plan({"bucket": "f", "acl": "public-read", "tags": {"owner": "risk"}})
}

test_without_owner if {
	storage.violations == {"aws_s3_bucket.b has no owner"} with input as plan({"bucket": "f", "acl": "private"})
}

test_personal_data_without_our_key if {
	wanted := {"aws_s3_bucket.b holds personal data and is not encrypted with our key"}
	after := {"bucket": "lake-customers", "tags": {"owner": "risk"}, "kms_key": "arn:aws:kms:us-1:1:key/1"}
	storage.violations == wanted with input as plan(after)
	storage.allow with input as plan(object.union(after, {"kms_key": "arn:aws:kms:eu-1:1:key/1"}))
}

test_what_is_deleted_is_nobodys_concern if {
	deleted := {"resource_changes": [{"type": "aws_s3_bucket", "address": "a", "change": {"actions": ["delete"], "after": null}}]}
	storage.allow with input as deleted
}
