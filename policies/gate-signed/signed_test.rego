package gate.signed_test

import data.gate.signed

digest := "sha256:ffac046219f9dd7f0fe24a3014ce78ac618426e7912335a5d88892fdfee52473"

other := "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

asset := "dataset:lake:models/credit-v3"

model := {"name": "credit-v3", "digest": digest, "asset": asset}

key := {"keyId": "sha256:92d9", "how": "keys", "identity": null, "issuer": null}

workflow := {"keyId": "sha256:0001", "how": "keyless", "identity": "https://ci.example.org/release", "issuer": "https://id.example.org"}

fact(signer) := {"kind": "model", "asset": asset, "entry": 7, "signers": [signer]}

signers := {
	"train": [{"keyId": "sha256:92d9"}],
	"deploy": [{"identity": "https://ci.example.org/release", "issuer": "https://id.example.org"}],
}

asked(door, artifact) := {"door": door, "artifacts": [artifact]}

test_signed_by_a_key_that_may if signed.allow with input as asked("train", model)
	with data.signers as signers
	with data.custody.attestations as {digest: [fact(key)]}

test_signed_by_an_identity_that_may if signed.allow with input as asked("deploy", model)
	with data.signers as signers
	with data.custody.attestations as {digest: [fact(workflow)]}

test_an_identity_that_nobody_vouches_for_is_none if {
	claimed := object.union(workflow, {"how": "keys"})
	not signed.allow with input as asked("deploy", model)
		with data.signers as signers
		with data.custody.attestations as {digest: [fact(claimed)]}
}

test_unsigned if {
	decision := signed.decision with input as asked("train", model)
		with data.signers as signers
		with data.custody.attestations as {}
	decision == {"allow": false, "deny": {"credit-v3 is not signed"}}
}

test_altered if {
	decision := signed.decision with input as asked("train", model)
		with data.signers as signers
		with data.custody.attestations as {other: [fact(key)]}
	decision.deny == {"credit-v3 is not what was signed: its digest is another"}
}

test_signed_for_another_door if {
	decision := signed.decision with input as asked("deploy", model)
		with data.signers as signers
		with data.custody.attestations as {digest: [fact(key)]}
	decision.deny == {"credit-v3 is signed by nobody who may sign for deploy"}
}

test_signature_of_another_asset if {
	moved := object.union(model, {"asset": "dataset:lake:models/other"})
	signed.deny["credit-v3 is not signed"] with input as asked("train", moved)
		with data.signers as signers
		with data.custody.attestations as {digest: [fact(key)]}
}

test_signature_of_no_asset if signed.allow with input as asked("train", model)
	with data.signers as signers
	with data.custody.attestations as {digest: [object.union(fact(key), {"asset": null})]}

test_without_a_digest if {
	decision := signed.decision with input as asked("train", {"name": "credit-v3", "digest": "latest"})
		with data.signers as signers
		with data.custody.attestations as {}
	decision.deny == {"credit-v3 has no digest: it cannot be told whether it is signed"}
}

test_nothing_asked if not signed.allow with input as {"door": "train", "artifacts": []}
	with data.signers as signers
	with data.custody.attestations as {}
