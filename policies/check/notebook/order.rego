# METADATA
# title: "Cells were run out of order"
# description: "Whoever runs the notebook from the top gets other results than those that are saved."
# custom:
#   id: NB-003
#   severity: low
#   fix: "Restart the kernel, run all cells, and save."
#   references:
#     - NIST AI RMF MEASURE 2.9
package custody.check.notebook.order

findings contains {"line": 1, "message": "its cells were run in another order than they stand in"} if input.isOutOfOrder
