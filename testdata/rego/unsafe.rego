package custody.unsafe

p if not input.roles[i] == "admin"
