# METADATA
# title: "A secret is set in a build"
# description: "ENV and ARG stay in the image and in its history."
# custom:
#   id: DF-006
#   severity: high
#   fix: "Mount it: RUN --mount=type=secret."
#   references:
#     - CWE-522
#     - CIS Docker 4.10
package custody.check.dockerfile.secret_in_build

findings contains {"line": instruction.line, "message": sprintf("%s sets %s", [instruction.name, name])} if {
	some instruction in input.instructions
	instruction.name in {"ENV", "ARG"}
	some word in regex.find_n(`[A-Za-z_]+\s*=\s*[^\s$]+`, instruction.value, -1)
	name := trim_space(split(word, "=")[0])
	regex.match(`(?i)(password|passwd|secret|token|api_?key|private_?key)`, name)
}
