# METADATA
# title: "A package of dbt is not fixed to a version"
# description: "Whoever can change it changes what runs in the warehouse, with the rights of this project."
# custom:
#   id: DBT-009
#   severity: medium
#   fix: "Name an exact version, or for git a commit or a tag that is a version."
#   references:
#     - CWE-1357
#     - OWASP A08:2021
#     - MITRE ATLAS AML.T0010
package custody.check.dbt.package

findings contains {"file": package_.path, "line": package_.line, "resource": package_.name, "message": sprintf("%s is taken %s", [package_.name, how(package_)])} if {
	some package_ in input.packages
	not package_.isPinned
}

how(package_) := "at no version" if package_.version == null

how(package_) := sprintf("at %s, which can change", [package_.version]) if package_.version != null
