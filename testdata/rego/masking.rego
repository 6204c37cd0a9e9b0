# Columns with labels that the purpose may not see are masked; every column of the answer has a rule.
package custody.masking

import data.labels

method(label) := "hash" if label in {"email", "ssn"}

else := "drop" if label == "free_text"

else := "keep"

columns[name] := method(label) if some name, label in labels[input.table]

safe if every _, how in columns { how != "keep" }
