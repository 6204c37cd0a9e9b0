# METADATA
# title: "An action is not pinned to a commit"
# description: "Whoever can move the tag can run code with the secrets of this workflow."
# custom:
#   id: WF-001
#   severity: medium
#   fix: "Pin it to the 40 digits of a commit, with the tag in a comment."
#   references:
#     - CWE-829
#     - CIS Software Supply Chain 2.1
#     - MITRE ATT&CK T1195.002
package custody.check.workflow.unpinned_action

findings contains {"line": used.line, "message": sprintf("%s@%s can change under the same name", [used.action, used.ref])} if {
	some used in input.uses
	not used.isPinned
	used.ref != null
}

findings contains {"line": used.line, "message": sprintf("%s has no version", [used.action])} if {
	some used in input.uses
	not used.isLocal
	used.ref == null
	not startswith(used.action, "docker://")
}
