import '@chatscope/chat-ui-kit-styles/dist/default/styles.min.css';
import { ChatContainer, MainContainer, Message, MessageInput, MessageList } from '@chatscope/chat-ui-kit-react';
import { useSyncExternalStore, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import type { OpenedItem } from '../../src/client/state.ts';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { opened } from '../../test/components/support/items.ts';
import { MAYA } from '../../test/components/support/people.ts';
import { stateClient, withThread, type StateClient } from '../../test/components/support/stateClient.ts';
import { median } from '../figures.ts';
import type { ListBench, ListFigure, ListName } from './listPage.ts';

declare global {
  var listBench: ListBench;
}

const textOf = (item: OpenedItem): string => (item.content.type === 'Text' ? item.content.content : '');
const direction = ({ from }: OpenedItem): 'incoming' | 'outgoing' => (from === 'me' ? 'outgoing' : 'incoming');

/** All three draw the same items of the same store. */
const useItems = (client: StateClient): readonly OpenedItem[] =>
  useSyncExternalStore(client.store.subscribe, () => client.store.get().threads[MAYA]?.items) as readonly OpenedItem[];

const VIEWS: Readonly<Record<ListName, (props: { client: StateClient }) => ReactNode>> = {
  plain: function Plain({ client }) {
    const items = useItems(client);
    return (
      <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
        <div style={{ flex: 1, overflow: 'auto' }} ref={toEnd}>
          {items.map((item) => (
            <p key={item.id}>{textOf(item)}</p>
          ))}
        </div>
        <textarea />
      </div>
    );
  },
  chatscope: function Chatscope({ client }) {
    const items = useItems(client);
    return (
      <MainContainer>
        <ChatContainer>
          <MessageList>
            {items.map((item) => (
              <Message
                key={item.id}
                model={{ message: textOf(item), direction: direction(item), position: 'single' }}
              />
            ))}
          </MessageList>
          <MessageInput attachButton={false} />
        </ChatContainer>
      </MainContainer>
    );
  },
  ours: ({ client }) => (
    <PushChatProvider client={client}>
      <ChatWindow peer={MAYA} />
    </PushChatProvider>
  ),
};

const toEnd = (element: HTMLElement | null): void => {
  if (element) element.scrollTop = 1e9;
};

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
/** When what was changed is on the screen. */
async function painted(): Promise<void> {
  await frame();
  await frame();
}

const message = (place: number): OpenedItem =>
  opened(`Message ${place}${place % 7 === 0 ? ', which is longer than the others and goes on for a while' : ''}`, {
    id: `m${place}`,
    from: place % 3 === 0 ? 'me' : 'peer',
    minutesAgo: 100_000 - place * 3,
  });

async function measure(name: ListName, messages: number): Promise<ListFigure> {
  const items = Array.from({ length: messages }, (_, place) => message(place));
  const client = stateClient(withThread({ items }));
  const append = (): void => {
    items.push(message(items.length));
    client.store.set({ ...client.store.get(), ...withThread({ items: [...items] }) });
  };
  const host = document.getElementById('root');
  if (!host) throw new Error('no place to draw');
  const root = createRoot(host);
  const View = VIEWS[name];
  const newest = (): boolean => host.textContent.includes(`Message ${items.length - 1}`);

  const begun = performance.now();
  flushSync(() => root.render(<View client={client} />));
  await painted();
  while (!newest()) await frame();
  const first = performance.now() - begun;

  const appends: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    await painted();
    const start = performance.now();
    append();
    await frame();
    while (!newest()) await frame();
    appends.push(performance.now() - start);
  }
  const keys = await type(host, append);
  const worst = await scroll(host);
  const elements = host.querySelectorAll('*').length;
  root.unmount();
  return {
    'first row': first,
    append: median(appends),
    typing: median(keys),
    'typing, worst': Math.max(...keys),
    'scroll, worst frame': worst,
    elements,
  };
}

/** Types a letter every 100 ms for two seconds, while messages come. */
async function type(host: HTMLElement, append: () => void): Promise<number[]> {
  const field = host.querySelector<HTMLElement>('textarea, [contenteditable="true"]');
  if (!field) throw new Error('nothing to type into');
  field.focus();
  const coming = setInterval(append, 20);
  const keys: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way for a page to type as a user does
    document.execCommand('insertText', false, 'a');
    await frame();
    keys.push(performance.now() - start);
  }
  clearInterval(coming);
  await painted();
  return keys;
}

/** From the end to the beginning in 60 frames. */
async function scroll(host: HTMLElement): Promise<number> {
  const scrolled = [...host.querySelectorAll<HTMLElement>('*')].find(
    (element) =>
      element.scrollHeight > element.clientHeight + 1_000 && getComputedStyle(element).overflowY !== 'visible',
  );
  if (!scrolled) throw new Error('nothing scrolls');
  const height = scrolled.scrollHeight;
  const times: number[] = [];
  let before = await frame();
  for (let step = 59; step >= 0; step -= 1) {
    scrolled.scrollTop = (height * step) / 60;
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return Math.max(...times);
}

globalThis.listBench = { measure };
