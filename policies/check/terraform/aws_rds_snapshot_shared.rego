# METADATA
# title: "A database snapshot is shared with everybody"
# description: "Any AWS account can restore it and read every row, unseen by you."
# custom:
#   id: AWS-302
#   severity: critical
#   checkov: CKV_AWS_302
#   fix: "Name the accounts that need it in shared_accounts; never \"all\"."
#   references:
#     - CWE-732
#     - NIST SP 800-53 AC-3
#     - GDPR Art. 32
package custody.check.terraform.aws_rds_snapshot_shared

import data.custody.terraform as tf

findings contains tf.finding(snapshot, "shared_accounts", "every account may restore it") if {
	some snapshot in input.resources.aws_db_snapshot
	tf.value(snapshot, "shared_accounts") == "all"
}
