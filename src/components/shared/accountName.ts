import { addressOf, type Did } from '../../protocol/did.ts';
import { plainLine } from './plainLine.ts';

const LONGEST_NAME = 48;

/** An account's address in short: 0x8f3C…b2A1. Never for comparing. */
export function shortAddress(did: Did): string {
  const text = addressOf(did) ?? did;
  return text.length <= 13 ? text : `${text.slice(0, 6)}…${text.slice(-4)}`;
}

/** The name that an account gave itself, made safe to show, or its short address. */
export function accountName(did: Did, name: string | null | undefined): string {
  return plainLine(name ?? '', LONGEST_NAME) || shortAddress(did);
}
