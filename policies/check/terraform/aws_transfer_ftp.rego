# METADATA
# title: "A file transfer server takes plain FTP"
# description: "Passwords and the files of partners cross the network in the clear."
# custom:
#   id: AWS-357
#   severity: high
#   checkov: CKV_AWS_357
#   fix: "Leave FTP out of protocols; SFTP, FTPS and AS2 encrypt."
#   references:
#     - CWE-319
#     - NIST SP 800-53 SC-8
#     - GDPR Art. 32
package custody.check.terraform.aws_transfer_ftp

import data.custody.terraform as tf

findings contains tf.finding(server, "protocols", "it takes plain FTP") if {
	some server in input.resources.aws_transfer_server
	"FTP" in tf.list(tf.value(server, "protocols"))
}
