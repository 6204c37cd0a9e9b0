# METADATA
# title: "A notebook names a path of one machine"
# description: "It cannot be run anywhere else, and may name a person."
# custom:
#   id: NB-006
#   severity: low
#   fix: "Read the folder from a parameter or an environment variable."
#   references:
#     - CWE-426
package custody.check.notebook.absolute_path

findings contains {"line": path.line, "message": "a path of one machine"} if {
	some cell in input.cells
	some path in cell.absolutePaths
}
