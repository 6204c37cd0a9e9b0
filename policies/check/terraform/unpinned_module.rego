# METADATA
# title: "A module from elsewhere is not fixed"
# description: "Whoever can change it there changes what is built here, with the rights of whoever applies it."
# custom:
#   id: TF-002
#   severity: medium
#   checkov:
#     - CKV_TF_1
#     - CKV_TF_2
#   fix: "Name a commit (?ref=<40 hex digits>) of a git source, or an exact version of a module from a registry."
#   references:
#     - CWE-829
#     - SLSA
#     - MITRE ATT&CK T1195.002
package custody.check.terraform.unpinned_module

findings contains {"file": module.file, "line": module.line, "resource": concat(".", ["module", module.name]), "message": sprintf("%s can change", [module.source])} if {
	some module in input.modules
	not startswith(module.source, "./")
	not startswith(module.source, "../")
	module.source != "."
	not fixed(module)
}

fixed(module) if regex.match(`[?&]ref=[0-9a-f]{40}\b`, module.source)

fixed(module) if {
	is_string(module.version)
	regex.match(`^\s*=?\s*v?\d+\.\d+\.\d+\S*\s*$`, module.version)
}
