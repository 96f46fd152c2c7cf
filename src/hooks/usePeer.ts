import { useMemo } from 'react';
import { isDid, parseDid, type Did } from '../protocol/did.ts';

/** The account that a text names in any spelling; undefined when it names none. */
export const usePeer = (peer: string): Did | undefined =>
  useMemo(() => (isDid(peer) ? parseDid(peer) : undefined), [peer]);
