# METADATA
# title: "A Dataproc cluster is encrypted with a key of Google alone"
# description: "Rows that jobs spill onto its disks are readable without any key of yours."
# custom:
#   id: GCP-091
#   severity: medium
#   checkov: CKV_GCP_91
#   fix: "Add cluster_config.encryption_config with kms_key_name."
#   references:
#     - CWE-311
#     - NIST SP 800-53 SC-12
#     - GDPR Art. 32
#     - CIS GCP 2.0.0, 8.1
package custody.check.terraform.gcp_dataproc_cluster_customer_key

import data.custody.terraform as tf

findings contains tf.finding(cluster, "cluster_config.encryption_config.kms_key_name", "no key of yours encrypts it") if {
	some cluster in input.resources.google_dataproc_cluster
	not tf.given(tf.value(cluster, "cluster_config.encryption_config.kms_key_name"))
}
