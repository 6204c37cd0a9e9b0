# METADATA
# title: "ADD fetches a file without a digest"
# description: "The file may be another one at the next build."
# custom:
#   id: DF-005
#   severity: medium
#   fix: "Use ADD --checksum=sha256:..., or RUN curl and check the digest."
#   references:
#     - CWE-494
#     - CIS Docker 4.9
package custody.check.dockerfile.add_remote

findings contains {"line": instruction.line, "message": "ADD from an address without --checksum"} if {
	some instruction in input.instructions
	instruction.name == "ADD"
	regex.match(`\bhttps?://`, instruction.value)
	not contains(instruction.value, "--checksum=")
}
