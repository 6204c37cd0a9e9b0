/** Who a person is, to a gate: a keyed digest of the canonical id, so that neither files nor log hold the id itself. */
import { createHmac } from 'node:crypto';

/** `key`: the gate's key for `subject`. */
export const subjectId = (key: Uint8Array, subject: string): string =>
  createHmac('sha256', key).update(subject.normalize('NFC')).digest('hex');
