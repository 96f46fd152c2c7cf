import { useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useSendMessage } from '../../hooks/useSendMessage.ts';
import { REACTIONS } from '../../protocol/messageContent.ts';
import { copyText } from '../shared/copyText.ts';
import { textOf } from '../shared/summarize.ts';
import { Menu, type MenuItem } from '../shared/Menu.tsx';
import { useText } from '../text/useText.ts';
import { useChatWindow, type ChatWindowView } from './chatWindowContext.ts';

export interface BubbleMenuProps {
  readonly item: ThreadItem;
  /** Emoji that this user has said to it. */
  readonly said: ReadonlySet<string>;
}

/** What can be done with a message that a node has. */
export function BubbleMenu({ item, said }: BubbleMenuProps): ReactNode {
  const view = useChatWindow();
  const { t } = useText();
  const { removeMessage } = usePushChat();
  const { send } = useSendMessage(view.peer);
  const [open, setOpen] = useState(false);
  const opened = item.state === 'verified' || item.state === 'signed';
  const answerable = opened && canAnswer(view);
  const text = opened ? textOf(item.content) : undefined;

  const items: MenuItem[] = [];
  if (answerable) items.push({ id: 'reply', label: t('menu.reply'), icon: 'reply', run: () => view.setReplyTo(item) });
  if (text !== undefined)
    items.push({ id: 'copy', label: t('menu.copy'), icon: 'copy', run: () => void copyText(text) });
  if (item.verification) {
    items.push({
      id: 'details',
      label: t('menu.details'),
      icon: 'shieldCheck',
      run: () => view.setPanel({ kind: 'details', id: item.id }),
    });
  }
  items.push({
    id: 'delete',
    label: t('menu.delete'),
    icon: 'trash',
    danger: true,
    run: () => {
      removeMessage(item);
      view.setDone({ text: t('done.deleted'), undo: () => removeMessage(item, false) });
    },
  });
  const react = (emoji: string): void => {
    setOpen(false);
    // A reaction that cannot be sent stands in the thread, to be sent again.
    send({ type: 'Reaction', content: emoji, reference: item.id }).catch(() => undefined);
  };

  return (
    <Root data-open={open || undefined}>
      <Menu label={t('menu.label')} open={open} setOpen={setOpen} items={items}>
        {answerable && view.thread?.peerKey !== 'missing' && (
          <Emoji>
            {REACTIONS.map((emoji) => (
              <button
                key={emoji}
                type="button"
                role="menuitem"
                tabIndex={-1}
                disabled={said.has(emoji)}
                aria-label={t('menu.react', { emoji })}
                onClick={() => react(emoji)}
              >
                {emoji}
              </button>
            ))}
          </Emoji>
        )}
      </Menu>
    </Root>
  );
}

const canAnswer = ({ thread }: ChatWindowView): boolean =>
  thread?.relation === 'chat' || thread?.relation === 'request-sent';

const Root = styled.span`
  flex: none;
  align-self: center;
  opacity: 0;

  [data-row]:is(:hover, :focus-within, :focus) &,
  &[data-open] {
    opacity: 1;
  }
  /* Without a pointer that hovers it would never be seen. */
  @media (hover: none) {
    opacity: 0.55;
  }
`;

const Emoji = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 2px;
  max-width: 262px;
  padding: 3px 3px 6px;
  margin-bottom: 5px;
  border-bottom: 1px solid var(--pc-color-line);

  & > button {
    width: var(--pc-target);
    height: var(--pc-target);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 10px;
    background: none;
    font: inherit;
    font-size: 21px;
    line-height: 1;
    cursor: pointer;
  }
  & > button:hover,
  & > button:focus-visible {
    background: var(--pc-color-fill);
  }
  & > button:disabled {
    opacity: 0.4;
    cursor: default;
  }
`;
