# METADATA
# title: "A workflow could not be read"
# description: "What cannot be read cannot be checked."
# custom:
#   id: WF-008
#   severity: low
#   fix: "Mend its YAML."
package custody.check.workflow.unread

findings contains {"line": 1, "message": sprintf("it could not be read: %s", [input.unread])} if input.unread != null
