import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ComponentType, ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as uiweb from '../../src/exports/uiweb.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import { createTestWorld, type TestUser } from '../../src/testing/testWorld.ts';

const { ChatPreviewList, ChatUIProvider, ChatView, SupportChat } = uiweb;
const world = createTestWorld();
const transport = directTransport(world.node);
let ada: TestUser;
let bob: TestUser;

beforeAll(async () => {
  [ada, bob] = await Promise.all([world.join('Ada'), world.join('Bob')]);
  await bob.client.sendMessage(ada.did, { type: 'Text', content: 'Hello from Bob' });
});
afterEach(cleanup);
afterAll(() => {
  world.close();
});

function Page({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <ChatUIProvider signer={ada.wallet} transport={transport} theme={uiweb.darkChatTheme} account={ada.did} debug>
      {children}
    </ChatUIProvider>
  );
}

/** As a page in JavaScript passes what no type stops. */
const untyped = (component: unknown): ComponentType<Record<string, unknown>> =>
  component as ComponentType<Record<string, unknown>>;

describe('the old names', () => {
  it('show a stranger’s request and its chat', async () => {
    const onChatSelected = vi.fn();
    const onChatsCountChange = vi.fn();
    render(
      <Page>
        <ChatPreviewList listType="REQUESTS" {...{ onChatSelected, onChatsCountChange }} />
        <ChatView chatId={bob.did} messageInput={false} limit={10} />
      </Page>,
    );
    const [unlock = document.body] = await screen.findAllByRole('button', { name: 'Unlock chat' });
    await userEvent.click(unlock);
    expect((await screen.findAllByText('Hello from Bob', {}, { timeout: 5000 })).length).toBeGreaterThan(0);
    expect(onChatsCountChange).toHaveBeenLastCalledWith(1);
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
    const root = document.querySelector('[data-pc-mode]');
    expect(root).toHaveAttribute('data-pc-mode', 'dark');
  });

  it('stand apart without frames: who and how to write as high as they are, messages in the room between', async () => {
    const { ChatProfile, ChatViewList, MessageInput } = uiweb;
    const part = { limit: 10, isConnected: true, style: { color: 'red' } };
    render(
      <Page>
        <div style={{ display: 'flex', flexDirection: 'column', height: 600 }}>
          <ChatProfile chatId={bob.did} {...part} id="profile" className="mine" />
          <ChatViewList chatId={bob.did} {...part} id="list" className="mine" />
          <MessageInput chatId={bob.did} {...part} id="input" className="mine" />
        </div>
      </Page>,
    );
    // Only messages need to be unlocked to be read.
    expect(await screen.findAllByRole('button', { name: 'Unlock chat' })).toHaveLength(1);
    const rootOf = (id: string): HTMLElement => document.getElementById(id) ?? document.body;
    for (const id of ['profile', 'list', 'input']) {
      expect(rootOf(id)).toHaveClass('mine');
      const { minHeight, boxShadow } = getComputedStyle(rootOf(id));
      expect([minHeight, boxShadow]).toEqual(['0px', 'none']);
      expect(rootOf(id).style.color).toBe('red');
    }
    for (const id of ['profile', 'input']) expect(getComputedStyle(rootOf(id)).height).toBe('auto');
    expect(getComputedStyle(rootOf('list')).flex).toMatch(/^1/);
    expect(rootOf('list')).toContainElement(screen.getByRole('button', { name: 'Unlock chat' }));
    expect(rootOf('profile')).toHaveTextContent(/^0x/);
    expect(rootOf('input')).toBeEmptyDOMElement();
  });

  it('open support by a button, with the words of before', async () => {
    render(<SupportChat signer={ada.wallet} transport={transport} supportAddress={bob.wallet.address} />);
    expect(screen.getByText('Hi there!')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /Chat with us!/ }));
    expect(await screen.findByRole('dialog', { name: 'Chat with us!' })).toBeInTheDocument();
  });

  it.each([
    ['ChatUIProvider', 'pgpPrivateKey', 'keepUnlocked'],
    ['ChatView', 'gif', 'third party'],
    ['ChatView', 'onVerificationFail', 'verified'],
    ['ChatViewList', 'chatFilterList', 'slots'],
    ['MessageInput', 'emoji', 'composer'],
    ['ChatPreviewList', 'searchParamter', 'search'],
    ['SupportChat', 'apiKey', 'asks for none'],
  ] as const)('%s says what to do instead of %s', (name, prop, instead) => {
    const silence = vi.spyOn(console, 'error').mockReturnValue();
    const Old = untyped(uiweb[name]);
    expect(() =>
      render(
        <Page>
          <Old chatId={bob.did} supportAddress={bob.did} transport={transport} {...{ [prop]: 'anything' }} />
        </Page>,
      ),
    ).toThrow(expect.objectContaining({ code: 'InvalidConfig', message: expect.stringContaining(instead) as string }));
    silence.mockRestore();
  });
});

describe('convertUiwebTheme', () => {
  it('takes over accent, mode, font, size and roundness, and says what it leaves', () => {
    expect(
      uiweb.convertUiwebTheme({
        backgroundColor: {
          chatSentBubbleBackground: 'rgb(202, 89, 155)',
          chatPreviewBackground: '#123',
          chatViewComponentBackground: 'linear-gradient(red, blue)',
        },
        borderRadius: { chatBubbleBorderRadius: '9px', modal: '16px' },
        fontSize: { chatReceivedBubbleText: '15px' },
        fontFamily: 'Inter',
        skeletonBG: () => '',
      }),
    ).toEqual({
      theme: { accent: '#ca599b', font: 'Inter', roundness: 0.5, size: 1 },
      mode: 'dark',
      left: ['backgroundColor.chatViewComponentBackground', 'borderRadius.modal', 'skeletonBG'],
    });
  });

  it('takes the next token where the first is no single colour, and nothing where none is', () => {
    const backgroundColor = { chatSentBubbleBackground: 'url(https://evil.example)', buttonBackground: '#0b7a5c' };
    expect(uiweb.convertUiwebTheme({ backgroundColor }).theme).toEqual({ accent: '#0b7a5c' });
    expect(uiweb.convertUiwebTheme({}).theme).toEqual({});
  });
});
