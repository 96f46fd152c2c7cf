import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { MOST_BYTES } from '../../src/components/Composer/mostBytes.ts';
import { MAYA } from './support/people.ts';
import { expectAccessible, renderWith } from './support/renderWith.tsx';
import { stateClient, withThread } from './support/stateClient.ts';

/** What a browser gives: a microphone that is on until its tracks are stopped, and a recorder of it. */
class BrowserRecorder {
  static last: BrowserRecorder;
  static isTypeSupported = (type: string): boolean => type === 'audio/mp4';
  state: 'inactive' | 'recording' = 'inactive';
  ondataavailable: (event: { data: Blob }) => void = () => undefined;
  onstop: () => void = () => undefined;
  constructor(
    readonly stream: MediaStream,
    readonly options: MediaRecorderOptions,
  ) {
    BrowserRecorder.last = this;
  }
  get mimeType(): string {
    return this.options.mimeType ?? '';
  }
  start(): void {
    this.state = 'recording';
  }
  give(bytes: number): void {
    act(() => this.ondataavailable({ data: new Blob([new Uint8Array(bytes)]) }));
  }
  stop(): void {
    this.state = 'inactive';
    act(() => {
      this.ondataavailable({ data: new Blob([new Uint8Array(10)]) });
      this.onstop();
    });
  }
}

const stopTrack = vi.fn();
const getUserMedia = vi.fn<() => Promise<unknown>>();
beforeEach(() => {
  vi.stubGlobal('MediaRecorder', BrowserRecorder);
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true });
  getUserMedia.mockReset().mockResolvedValue({ getTracks: () => [{ stop: stopTrack }] });
  stopTrack.mockReset();
});
afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

const show = () => {
  const client = stateClient(withThread());
  return { client, ...renderWith(client, <ChatWindow peer={MAYA} />) };
};
const record = () => userEvent.click(screen.getByRole('button', { name: 'Record a voice message' }));

describe('voice messages', () => {
  it('ask for the microphone by a click only, are heard before they are sent, and go as sound', async () => {
    const { client, container } = show();
    expect(getUserMedia).not.toHaveBeenCalled();
    await record();
    expect(await screen.findByRole('timer')).toHaveTextContent('0:00');
    for (let second = 0; second < 62; second += 1) BrowserRecorder.last.give(3_000);
    expect(screen.getByRole('timer')).toHaveTextContent('1:02');
    await expectAccessible(container);
    await userEvent.click(screen.getByRole('button', { name: 'Stop and attach' }));
    expect(stopTrack).toHaveBeenCalledOnce();
    expect(client.calls.some(([command]) => command === 'sendMessage')).toBe(false);
    const player = await screen.findByLabelText('voice.mp4');
    expect(player).toHaveAttribute('src', expect.stringMatching(/^data:audio\/mp4;base64,/));
    await waitFor(() => expect(screen.getByRole('textbox')).toHaveFocus());
    await waitFor(() => expect(screen.getByRole('button', { name: 'Send message' })).toBeEnabled());
    await userEvent.click(screen.getByRole('button', { name: 'Send message' }));
    const sent = client.calls.find(([command]) => command === 'sendMessage')?.[2] as { type: string; content: string };
    expect(sent.type).toBe('Audio');
    expect(JSON.parse(sent.content)).toMatchObject({ name: 'voice.mp4', type: 'audio/mp4', size: 62 * 3_000 + 10 });
  });

  it('end before they are too long for a message, and nothing is lost', async () => {
    show();
    await record();
    await screen.findByRole('timer');
    BrowserRecorder.last.give(MOST_BYTES - 10_000);
    expect(await screen.findByLabelText('voice.mp4')).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('as long as a message can be');
    expect(screen.queryByText(/too large/)).toBeNull();
  });

  it('are discarded by Escape, with the microphone off', async () => {
    show();
    await record();
    await screen.findByRole('timer');
    BrowserRecorder.last.give(3_000);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('timer')).toBeNull();
    expect(screen.queryByLabelText('voice.mp4')).toBeNull();
    expect(stopTrack).toHaveBeenCalledOnce();
  });

  it('leave no microphone on when the window goes', async () => {
    const { unmount } = show();
    await record();
    await screen.findByRole('timer');
    unmount();
    expect(stopTrack).toHaveBeenCalledOnce();
  });

  it('are in the strip when the window comes back that was left while recording', async () => {
    const client = stateClient(withThread());
    const { rerender } = renderWith(client, <ChatWindow peer={MAYA} />);
    await record();
    await screen.findByRole('timer');
    BrowserRecorder.last.give(3_000);
    rerender(<p>Elsewhere</p>);
    rerender(<ChatWindow peer={MAYA} />);
    expect(await screen.findByLabelText('voice.mp4')).toBeInTheDocument();
  });

  it('never turn a microphone on for a window that is gone while the browser asked', async () => {
    let allow: (stream: unknown) => void = () => undefined;
    getUserMedia.mockReturnValue(new Promise((resolve) => (allow = resolve)));
    const { unmount } = show();
    await record();
    unmount();
    allow({ getTracks: () => [{ stop: stopTrack }] });
    await waitFor(() => expect(stopTrack).toHaveBeenCalledOnce());
  });

  it('open one microphone for two clicks', async () => {
    let allow: (stream: unknown) => void = () => undefined;
    getUserMedia.mockReturnValue(new Promise((resolve) => (allow = resolve)));
    show();
    await record();
    await record();
    expect(getUserMedia).toHaveBeenCalledOnce();
    allow({ getTracks: () => [{ stop: stopTrack }] });
    expect(await screen.findByRole('timer')).toBeInTheDocument();
  });

  it('are kept when they end by themselves, or the page goes out of sight', async () => {
    show();
    await record();
    await screen.findByRole('timer');
    BrowserRecorder.last.give(3_000);
    BrowserRecorder.last.stop();
    expect(await screen.findByLabelText('voice.mp4')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Remove voice.mp4' }));
    await record();
    await screen.findByRole('timer');
    BrowserRecorder.last.give(3_000);
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    hidden.mockRestore();
    expect(await screen.findByLabelText('voice.mp4')).toBeInTheDocument();
  });

  it('turn the microphone off where it cannot be recorded', async () => {
    vi.stubGlobal(
      'MediaRecorder',
      Object.assign(
        function Broken() {
          throw new Error('no');
        },
        { isTypeSupported: () => false },
      ),
    );
    show();
    await record();
    expect(await screen.findByRole('alert')).toHaveTextContent('No microphone was found.');
    expect(stopTrack).toHaveBeenCalledOnce();
  });

  it.each([
    ['NotAllowedError', 'The microphone is not allowed.'],
    ['NotFoundError', 'No microphone was found.'],
  ])('say why there is none: %s', async (name, words) => {
    getUserMedia.mockRejectedValue(new DOMException('no', name));
    show();
    await record();
    expect(await screen.findByRole('alert')).toHaveTextContent(words);
    expect(screen.getByRole('textbox')).toBeVisible();
  });

  it('are not offered where the browser cannot record, nor while something is written', async () => {
    const { unmount } = show();
    await userEvent.type(screen.getByRole('textbox'), 'words');
    expect(screen.queryByRole('button', { name: 'Record a voice message' })).toBeNull();
    unmount();
    vi.stubGlobal('MediaRecorder', undefined);
    show();
    expect(screen.queryByRole('button', { name: 'Record a voice message' })).toBeNull();
  });
});
