import { useEffect, useId, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { styled } from 'styled-components';
import { useGroupMembers } from '../../hooks/useGroupMembers.ts';
import { useStore } from '../../hooks/useStore.ts';
import type { Did } from '../../protocol/did.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { useAccount } from '../people/useAccount.ts';
import { accountName, shortAddress } from '../shared/accountName.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { useLateText } from '../text/useLateText.ts';
import { mentionAt, mentionOf } from './mentions.ts';
import { useMe } from './useMe.ts';

export interface MentionListProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly draft: string;
  readonly setDraft: (text: string) => void;
}

/** Offered at once. */
const MOST = 6;

/** The members whose name fits what is written after an `@`. Loaded, and in the page, only while somebody writes one. */
export function MentionList(props: MentionListProps): ReactNode {
  const { input, draft } = props;
  const [closed, setClosed] = useState<number>();
  const [caret, setCaret] = useState(0);
  useEffect(() => {
    const field = input.current;
    if (!field) return;
    const note = (): void => setCaret(field.selectionStart);
    note();
    const page = field.ownerDocument;
    page.addEventListener('selectionchange', note);
    return () => page.removeEventListener('selectionchange', note);
  }, [input, draft]);
  const mention = mentionAt(draft, caret);
  if (!mention || mention.at === closed) return null;
  return <Options {...props} {...mention} close={() => setClosed(mention.at)} />;
}

interface OptionsProps extends MentionListProps {
  readonly at: number;
  readonly query: string;
  readonly close: () => void;
}

function Options({ input, draft, setDraft, at, query, close }: OptionsProps): ReactNode {
  const t = useLateText();
  const id = useId();
  const found = useFitting(query);
  const [active, setActive] = useState(0);
  const chosen = Math.min(active, found.length - 1);

  const choose = (did: Did, name: string | null): void => {
    const mention = `${mentionOf(did, name)} `;
    setDraft(draft.slice(0, at) + mention + draft.slice(at + 1 + query.length));
    const field = input.current;
    field?.focus();
    const caret = at + mention.length;
    // The field has the new text once it is drawn.
    requestAnimationFrame(() => field?.setSelectionRange(caret, caret));
  };
  const press = (event: KeyboardEvent): void => {
    const picked = found[chosen];
    if (event.isComposing || event.shiftKey || !picked) return;
    const { length } = found;
    if (event.key === 'ArrowDown') setActive((chosen + 1) % length);
    else if (event.key === 'ArrowUp') setActive((chosen + length - 1) % length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(picked.did, picked.name);
    else if (event.key === 'Escape') close();
    else return;
    // Before the field's own keys: Enter chooses here, and sends nothing.
    event.preventDefault();
    event.stopPropagation();
  };
  const pressNow = useRef(press);
  useEffect(() => {
    pressNow.current = press;
  });
  useEffect(() => {
    const field = input.current;
    const listen = (event: KeyboardEvent): void => pressNow.current(event);
    field?.addEventListener('keydown', listen);
    return () => field?.removeEventListener('keydown', listen);
  }, [input]);

  const isOpen = found.length > 0;
  useEffect(() => {
    const field = input.current;
    if (!field || !isOpen) return;
    const attributes = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': id,
      'aria-activedescendant': `${id}-${chosen}`,
    };
    for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(attributes)) field.removeAttribute(name);
    };
  }, [input, id, chosen, isOpen]);

  if (!isOpen) return null;
  return (
    <List role="listbox" id={id} aria-label={t('mention.title')}>
      {found.map(({ did, name }, place) => (
        <Row
          key={did}
          did={did}
          id={`${id}-${place}`}
          active={place === chosen}
          choose={() => choose(did, name)}
          hover={() => setActive(place)}
        />
      ))}
    </List>
  );
}

interface Fitting {
  readonly did: Did;
  readonly name: string | null;
}

/** Others who are in the group and whose name, or address, has a word that begins so. */
function useFitting(query: string): readonly Fitting[] {
  const { peer } = useChatWindow();
  const me = useMe()?.did;
  const { items } = useGroupMembers(peer);
  const profiles = useStore((state) => state.profiles);
  return useMemo(() => {
    const wanted = query.toLowerCase();
    const fits = (text: string): boolean =>
      text
        .toLowerCase()
        .split(/[\s:.]/)
        .some((word) => word.startsWith(wanted));
    const others = items.filter(({ did, accepted }) => accepted && did !== me);
    return others
      .map(({ did }) => ({ did, name: profiles[did]?.name ?? null }))
      .filter(({ did, name }) => fits(name ?? '') || fits(did) || fits(accountName(did, name)))
      .slice(0, MOST);
  }, [items, me, profiles, query]);
}

interface RowProps {
  readonly did: Did;
  readonly id: string;
  readonly active: boolean;
  readonly choose: () => void;
  readonly hover: () => void;
}

function Row({ did, id, active, choose, hover }: RowProps): ReactNode {
  const { name, picture } = useAccount(did);
  const address = shortAddress(did);
  return (
    // The keys are the field's, which keeps the focus.
    <Option
      role="option"
      id={id}
      aria-selected={active}
      onPointerDown={(event) => {
        event.preventDefault();
        choose();
      }}
      onPointerMove={hover}
    >
      <Avatar did={did} picture={picture} size={28} />
      <b>
        <bdi>{name}</bdi>
      </b>
      {name !== address && <code>{address}</code>}
    </Option>
  );
}

const List = styled.div`
  position: absolute;
  z-index: 5;
  inset-inline: 0;
  inset-block-end: calc(100% + 4px);
  display: grid;
  padding: 5px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-raised);
  box-shadow: var(--pc-shadow-2);

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Option = styled.div`
  display: flex;
  align-items: center;
  gap: 10px;
  min-height: var(--pc-target);
  padding-inline: 8px;
  border-radius: var(--pc-radius-sm);
  font-size: var(--pc-text-base);
  cursor: pointer;

  &[aria-selected='true'] {
    background: var(--pc-color-fill);
  }
  & > b {
    overflow: hidden;
    font-weight: 570;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  & > code {
    color: var(--pc-color-text-muted);
    font: 400 var(--pc-text-xs) / 16px var(--pc-font-mono);
  }
  @media (forced-colors: active) {
    &[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
