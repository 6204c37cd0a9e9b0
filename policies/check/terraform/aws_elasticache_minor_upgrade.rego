# METADATA
# title: "A Redis cache does not take minor upgrades by itself"
# description: "Holes that are mended upstream stay open beside all sessions."
# custom:
#   id: AWS-322
#   severity: low
#   checkov: CKV_AWS_322
#   fix: "Write auto_minor_version_upgrade = true, or leave it out."
#   references:
#     - CWE-1104
#     - NIST SP 800-53 SI-2
package custody.check.terraform.aws_elasticache_minor_upgrade

import data.custody.terraform as tf

findings contains tf.finding(cache, "auto_minor_version_upgrade", "minor versions are not installed by themselves") if {
	some cache in input.resources.aws_elasticache_cluster

	# Memcached is upgraded by hand.
	tf.value(cache, "engine") != "memcached"
	tf.off(tf.value(cache, "auto_minor_version_upgrade"))
}
