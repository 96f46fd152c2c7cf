import { render } from '@testing-library/react';
import {
  createRef,
  type ComponentType,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
} from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ChatBubble } from '../../src/components/ChatBubble/ChatBubble.tsx';
import { ChatInbox } from '../../src/components/ChatInbox/ChatInbox.tsx';
import { ChatList } from '../../src/components/ChatList/ChatList.tsx';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { RequestList } from '../../src/components/RequestList/RequestList.tsx';
import { createTheme } from '../../src/components/theme/createTheme.ts';
import { ThemeRoot } from '../../src/components/theme/ThemeRoot.tsx';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { opened } from './support/items.ts';
import { MAYA } from './support/people.ts';
import { expectAccessible } from './support/renderWith.tsx';
import { loadedList, stateClient, withThread } from './support/stateClient.ts';

type Passed = HTMLAttributes<HTMLDivElement> & RefAttributes<HTMLDivElement> & Record<`data-${string}`, string>;

const within =
  (Part: ComponentType<Passed>) =>
  (props: Passed): ReactElement => (
    <ChatWindow.Root peer={MAYA}>
      <Part {...props} />
    </ChatWindow.Root>
  );

const parts: readonly (readonly [string, (props: Passed) => ReactNode])[] = [
  ['ThemeRoot', (props) => <ThemeRoot {...props}>x</ThemeRoot>],
  ['ChatBubble', (props) => <ChatBubble item={opened('Hi')} {...props} />],
  ['ChatWindow', (props) => <ChatWindow peer={MAYA} {...props} />],
  ['ChatWindow.Root', (props) => <ChatWindow.Root peer={MAYA} {...props} />],
  ['ChatWindow.Header', within(ChatWindow.Header)],
  ['ChatWindow.Thread', within(ChatWindow.Thread)],
  ['ChatWindow.Composer', within(ChatWindow.Composer)],
  ['ChatList', ({ onSelect: _, ...props }) => <ChatList {...props} />],
  ['RequestList', ({ onSelect: _, ...props }) => <RequestList {...props} />],
  ['ChatInbox', (props) => <ChatInbox {...props} />],
];

describe.each(parts)('%s', (_name, draw) => {
  it('forwards its ref, merges class and style, passes data on, and is accessible', async () => {
    const ref = createRef<HTMLDivElement>();
    const client = stateClient({ ...withThread(), chats: loadedList(), requests: loadedList() });
    const { container } = render(
      <PushChatProvider client={client}>
        {draw({ ref, className: 'mine', style: { marginTop: 1 }, 'data-mine': 'yes' })}
      </PushChatProvider>,
    );
    expect(ref.current).toBeInstanceOf(HTMLDivElement);
    expect(ref.current).toHaveClass('mine');
    expect(ref.current?.classList.length).toBeGreaterThan(1);
    expect(ref.current).toHaveStyle({ marginTop: '1px' });
    expect(ref.current).toHaveAttribute('data-mine', 'yes');
    await expectAccessible(container);
  });
});

it('a part outside its window says the fix', () => {
  const complaints = vi.spyOn(console, 'error').mockReturnValue();
  expect(() =>
    render(
      <PushChatProvider client={stateClient()}>
        <ChatWindow.Header />
      </PushChatProvider>,
    ),
  ).toThrow(expect.objectContaining({ code: 'InvalidConfig', message: expect.stringContaining('ChatWindow.Root') }));
  complaints.mockRestore();
});

describe('theme', () => {
  const accent = '#0b7a5c';
  const look = { theme: { accent }, mode: 'light' } as const;

  it.each([
    ['ThemeRoot', <ThemeRoot key="1" {...look} />],
    ['ChatBubble', <ChatBubble key="2" item={opened('Hi')} {...look} />],
    ['ChatWindow', <ChatWindow key="3" peer={MAYA} {...look} />],
    ['ChatList', <ChatList key="4" {...look} />],
    ['RequestList', <RequestList key="5" {...look} />],
    ['ChatInbox', <ChatInbox key="6" {...look} />],
  ])('of %s reaches its styles', (_name, part) => {
    const { container } = render(<PushChatProvider client={stateClient(withThread())}>{part}</PushChatProvider>);
    const root = container.querySelector('[data-pc-root]');
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map(({ cssText }) => cssText);
    const own = rules.filter((rule) => [...(root?.classList ?? [])].some((name) => rule.includes(`.${name}`)));
    expect(own.join()).toContain(`--pc-color-accent: ${createTheme('light', { accent }).colors.accent}`);
  });
});
