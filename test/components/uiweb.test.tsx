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
  [ada, bob] = await Promise.all([
    world.join('Ada', { keyType: 'curve25519' }),
    world.join('Bob', { keyType: 'curve25519' }),
  ]);
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
