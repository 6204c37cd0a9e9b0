export { equalBytes, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from './bytes.ts';
export { commitment, opensCommitment, SALT_BYTES } from './commitment.ts';
export { emptyRoot, isConsistent, leafHash, nodeHash, rootFromInclusion } from './merkle.ts';
export {
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  keyId,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  verifyNote,
  type Checkpoint,
  type NoteSignature,
  type SignedNote,
  type VerifierKey,
} from './note.ts';
export {
  committedBy,
  formatProof,
  parseProof,
  verifyProof,
  type LogProof,
  type ProofExtra,
  type ProvedEntry,
} from './proof.ts';
export { sha256 } from './sha256.ts';
export { VerifyError, type VerifyErrorCode } from './verify-error.ts';
