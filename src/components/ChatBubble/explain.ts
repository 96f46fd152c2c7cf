import { ENGLISH } from '../text/english.ts';
import type { QuarantinedItem, UndecryptableItem } from '../../client/state.ts';
import type { Translate } from '../text/useText.ts';

/** What a reader needs to know of a message that is not shown. */
export interface Explanation {
  readonly title: string;
  readonly reason: string;
}

/** Says, in plain words, why a message is not shown. */
export function explain(
  { state, reason }: Pick<QuarantinedItem | UndecryptableItem, 'state' | 'reason'>,
  t: Translate,
): Explanation {
  const group = state === 'quarantined' ? 'hidden' : 'unopened';
  const key = `${group}.${reason}`;
  return { title: t(`${group}.title`), reason: t(isText(key) ? key : `${group}.other`) };
}

const isText = (key: string): key is keyof typeof ENGLISH => Object.hasOwn(ENGLISH, key);
