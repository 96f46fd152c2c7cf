import { PushChatError } from '../../errors.ts';
import { arrayOf, malformed, nullableStringOf, numberOf, objectOf, stringOf, type Fields } from '../fields.ts';
import { MAX_ARMOR, MAX_PAYLOAD_BYTES } from '../limits.ts';
import type { WireUser } from '../payload.ts';
import { ACT_VERBS, type ActVerb } from './readAct.ts';

/**
 * The signed acts that made a group what it is, in the order in which they count. An addition of this library to the
 * wire: with it a client sees for itself who let whom in. Other nodes have no such call, and of their groups nobody can
 * tell more than they say.
 */
export interface ActPage {
  readonly acts: readonly ServedAct[];
  /** How many acts the group has, so that a reader sees that one came late, before what was read. */
  readonly total: number;
  /** Keys that the signers had before, as their wallets attested them: for acts of then. */
  readonly records: readonly KeyRecord[];
}

/** An act as it was posted. Neither its proof nor its effect is more than the node's word. */
export interface ServedAct {
  /** Where to go on reading after it. */
  readonly place: string;
  readonly verb: ActVerb;
  /** Milliseconds since the epoch: when the first node took it. */
  readonly at: number;
  readonly body: unknown;
}

export type KeyRecord = Pick<WireUser, 'did' | 'wallets' | 'publicKey' | 'encryptedPrivateKey' | 'verificationProof'>;

/** Acts of one page. */
export const MAX_ACTS = 200;
/** Characters of acts after which a page ends. */
export const FULL_ACTS = 2_000_000;
const MAX_RECORDS = 5_000;
/** Acts of the busiest group that is read. */
const MAX_TOTAL = 1_000_000;

const VERBS: ReadonlySet<string> = new Set(ACT_VERBS);

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseActPage(value: unknown): ActPage {
  const fields = objectOf(value, 'page');
  return {
    acts: arrayOf(fields, 'acts', MAX_ACTS, (item, path) => {
      const act = objectOf(item, path);
      const verb = stringOf(act, 'verb');
      if (!VERBS.has(verb)) throw malformed(`${path}.verb`);
      return {
        place: stringOf(act, 'place'),
        verb: verb as ActVerb,
        at: numberOf(act, 'at'),
        body: objectOf(act['body'], path),
      };
    }),
    total: totalOf(fields),
    records: arrayOf(fields, 'records', MAX_RECORDS, (item, path) => {
      const record = objectOf(item, path);
      return {
        did: stringOf(record, 'did'),
        wallets: stringOf(record, 'wallets', 4_096),
        publicKey: stringOf(record, 'publicKey', MAX_ARMOR),
        encryptedPrivateKey: stringOf(record, 'encryptedPrivateKey', MAX_PAYLOAD_BYTES),
        verificationProof: nullableStringOf(record, 'verificationProof', MAX_ARMOR),
      };
    }),
  };
}

function totalOf(fields: Fields): number {
  const total = numberOf(fields, 'total');
  if (total > MAX_TOTAL) throw new PushChatError('PayloadTooLarge', `This group has more than ${MAX_TOTAL} acts.`);
  return total;
}
