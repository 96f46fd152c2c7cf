import { useMemo, useState } from 'react';
import { Pane } from './Pane.tsx';
import { pageWallet } from './pageWallet.ts';
import { writeAsStranger } from './writeAsStranger.ts';

/** The embedded node, or the one that the address of this page names: `?node=http://localhost:4001`. */
const NODE = new URLSearchParams(location.search).get('node') ?? 'http://localhost:4000';

const MODES = ['system', 'light', 'dark'] as const;
type Mode = (typeof MODES)[number];

const SNIPPET = `<PushChatProvider signer={signer} node="${NODE}">
  <ChatWindow peer="0x…" />
</PushChatProvider>`;

export function App(): React.JSX.Element {
  const [mode, setMode] = useState<Mode>('system');
  const alice = useMemo(() => pageWallet('Alice'), []);
  const [knocks, setKnocks] = useState(0);
  const bob = useMemo(() => pageWallet('Bob'), []);

  return (
    <main className="page" data-mode={mode}>
      <header className="intro">
        <div>
          <h1>Two wallets, one page</h1>
          <p>
            Each side is the same few lines, with its own wallet. Messages are encrypted in this page, signed, and
            checked before they are shown; the Push Node between the two, at <code>{NODE}</code>, stores what it cannot
            read.
          </p>
        </div>
        <pre className="snippet" aria-label="All the code of one side">
          <code>{SNIPPET}</code>
        </pre>
        <div className="controls">
          <StrangerButton to={alice.address} written={() => setKnocks((count) => count + 1)} />
          <fieldset className="modes">
            <legend>Theme</legend>
            {MODES.map((name) => (
              <label key={name}>
                <input type="radio" name="mode" checked={mode === name} onChange={() => setMode(name)} />
                {name}
              </label>
            ))}
          </fieldset>
        </div>
      </header>
      <div className="panes">
        <Pane name="Alice" wallet={alice} peer={bob.address} node={NODE} mode={mode} knocks={knocks} />
        <Pane name="Bob" wallet={bob} peer={alice.address} node={NODE} mode={mode} />
      </div>
    </main>
  );
}

/** A third wallet, made on the spot, asks the first one for a chat. */
function StrangerButton({ to, written }: { readonly to: string; readonly written: () => void }): React.JSX.Element {
  const [state, setState] = useState('idle');
  const write = async (): Promise<void> => {
    setState('writing');
    try {
      await writeAsStranger(NODE, to);
      setState('written');
      written();
    } catch (error) {
      setState(error instanceof Error ? error.message : 'That failed.');
    }
  };
  return (
    <div className="stranger">
      <button type="button" className="action" disabled={state === 'writing'} onClick={() => void write()}>
        {state === 'writing' ? 'A stranger is writing…' : 'Let a stranger write to Alice'}
      </button>
      <span role="status">
        {state === 'written'
          ? 'It waits among Alice’s requests.'
          : state === 'idle' || state === 'writing'
            ? ''
            : state}
      </span>
    </div>
  );
}
