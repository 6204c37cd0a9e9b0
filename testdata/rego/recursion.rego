package custody.recursion

p if q

q if p
