# METADATA
# title: "A build installs packages without a version"
# description: "The next build may get other code."
# custom:
#   id: DF-007
#   severity: low
#   fix: "Name versions, better install from a lock file with hashes."
#   references:
#     - CWE-1357
package custody.check.dockerfile.unpinned_install

findings contains {"line": instruction.line, "message": sprintf("installs %s without a version", [name])} if {
	some instruction in input.instructions
	instruction.name == "RUN"
	some command in regex.find_n(`\bpip3?\s+install\s[^&|;\n]+`, instruction.value, -1)
	not regex.match(`\s(-r|--requirement|-c)\s`, command)
	some name in regex.split(`\s+`, regex.replace(command, `^.*?\binstall\s+`, ""))
	regex.match(`^[A-Za-z][\w.-]*(\[[^\]]*\])?$`, name)
}
