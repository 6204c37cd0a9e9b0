# What a model rests on, and the sources that nobody has approved.
package custody.lineage

upstream := graph.reachable(data.edges, {input.model})

unapproved contains source if {
	some source in upstream
	count(data.edges[source]) == 0
	not source in data.approved
}

with_approval := n if n := count(unapproved) with data.approved as {"raw_a", "raw_b"}
