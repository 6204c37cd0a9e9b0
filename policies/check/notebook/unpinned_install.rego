# METADATA
# title: "A notebook installs packages without a version"
# description: "The next run may get other code, also that of an attacker who took over the name."
# custom:
#   id: NB-004
#   severity: medium
#   fix: "Name the version (pip install name==1.2.3), better install from a lock file with hashes."
#   references:
#     - CWE-1357
#     - OWASP LLM03:2025
#     - MITRE ATLAS AML.T0010
package custody.check.notebook.unpinned_install

findings contains {"line": command.line, "message": sprintf("installs %s without a version", [name])} if {
	some cell in input.cells
	some command in cell.shell
	regex.match(`\b(pip3?|conda|mamba)\s+install\b`, command.text)
	arguments := regex.split(`\s+`, trim_space(regex.replace(command.text, `^.*\binstall\s`, "")))
	some name in arguments
	regex.match(`^[A-Za-z][\w.-]*(\[[^\]]*\])?$`, name)
}

findings contains {"line": command.line, "message": "installs from an address without a commit or hash"} if {
	some cell in input.cells
	some command in cell.shell
	regex.match(`\bpip3?\s+install\b.*(git\+|https?://)`, command.text)
	not regex.match(`@[0-9a-f]{40}|sha256=`, command.text)
}
