# METADATA
# title: "A file transfer server accepts outdated ciphers"
# description: "Its default policy is of 2018, so files of partners travel under ciphers that are broken since."
# custom:
#   id: AWS-380
#   severity: medium
#   checkov: CKV_AWS_380
#   fix: "Set security_policy_name to the newest policy, such as TransferSecurityPolicy-2025-03."
#   references:
#     - CWE-327
#     - NIST SP 800-53 SC-8
#     - NIST SP 800-53 SC-13
package custody.check.terraform.aws_transfer_security_policy

import data.custody.terraform as tf

# Policies of before this year allow key exchanges by SHA-1.
first_year := 2023

findings contains tf.finding(server, "security_policy_name", "its policy for ciphers is an old one") if {
	some server in input.resources.aws_transfer_server
	not is_recent(tf.value(server, "security_policy_name"))
}

is_recent(policy) if {
	[_, year] := regex.find_all_string_submatch_n(`-(\d{4})-\d{2}`, policy, 1)[0]
	to_number(year) >= first_year
}

is_recent(policy) if tf.unknown(policy)
