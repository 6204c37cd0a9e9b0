# METADATA
# title: "Packages are installed without a digest"
# description: "An index that is taken over can answer with other files under the same version."
# custom:
#   id: REQ-002
#   severity: low
#   fix: "Make a lock file with hashes and install with --require-hashes."
#   references:
#     - CWE-494
#     - NIST SSDF PS.3.1
package custody.check.requirements.no_hash

findings contains {"line": 1, "message": sprintf("%d of %d packages have no digest", [count(bare), count(input.requirements)])} if {
	bare := [requirement | some requirement in input.requirements; not requirement.hasHash]
	count(bare) > 0
}
