import { useId, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { noticesOf } from '../../src/client/notices.ts';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { useStore } from '../../src/hooks/useStore.ts';
import type { Did } from '../../src/protocol/did.ts';
import type { TestUser } from '../../src/testing/testWorld.ts';
import { Choice, Slider } from '../support/Choice.tsx';
import type { ToldLie } from './lies.ts';
import type { Weather } from './weather.ts';

export interface FailureControlsProps {
  readonly weather: Weather;
  readonly lies: readonly ToldLie[];
  readonly device: TestUser | undefined;
  readonly peer: Did;
  readonly onChange: (change: Partial<Weather>) => void;
}

/** What can go wrong, and what came of it. */
export function FailureControls({ weather, lies, device, peer, onChange }: FailureControlsProps): ReactNode {
  return (
    <Controls>
      <Choice
        legend="Connection"
        value={weather.offline ? 'offline' : 'online'}
        options={[
          ['online', 'Online'],
          ['offline', 'Offline'],
        ]}
        onChange={(connection) => onChange({ offline: connection === 'offline' })}
      />
      <Slider
        name="Latency"
        value={weather.latency}
        range={[0, 5000, 250]}
        shown={`${weather.latency} ms`}
        onChange={(latency) => onChange({ latency })}
      />
      <Slider
        name="Lost requests"
        value={weather.lost}
        range={[0, 90, 10]}
        shown={`${weather.lost} %`}
        onChange={(lost) => onChange({ lost })}
      />
      <LieChoice lies={lies} lie={weather.lie} onChange={(lie) => onChange({ lie })} />
      {device && (
        <PushChatProvider client={device.client}>
          <Outcome peer={peer} />
        </PushChatProvider>
      )}
    </Controls>
  );
}

interface LieChoiceProps {
  readonly lies: readonly ToldLie[];
  readonly lie: Weather['lie'];
  readonly onChange: (lie: Weather['lie']) => void;
}

function LieChoice({ lies, lie, onChange }: LieChoiceProps): ReactNode {
  const id = useId();
  const told = lies.find((each) => each.lie === lie);
  return (
    <div>
      <label htmlFor={id}>The node</label>
      <select
        id={id}
        value={lie?.name ?? ''}
        onChange={({ target }) => onChange(lies.find((each) => each.lie.name === target.value)?.lie ?? null)}
      >
        <option value="">Tells the truth</option>
        {lies.map((each) => (
          <option key={each.lie.name} value={each.lie.name}>{`${each.does} (${each.lie.name})`}</option>
        ))}
      </select>
      <p>
        {told ? (
          <>
            <b>Ought to be seen:</b> {told.shows}
          </>
        ) : (
          'A lie is told to a new device of Alice’s, which has to ask for everything.'
        )}
      </p>
    </div>
  );
}

/** The thread as Alice's client holds it. */
function Outcome({ peer }: { readonly peer: Did }): ReactNode {
  const thread = useStore(({ threads }) => threads[peer]);
  const identity = useStore(({ identities }) => identities[peer]);
  const connection = useStore((state) => state.connection);
  if (!thread) return null;
  const notices = noticesOf(thread, identity);
  const counts = { ...countBy(thread.items, ({ state }) => state), ...countBy(notices, ({ code }) => code) };
  return (
    <Facts>
      <dt>connection</dt>
      <dd>{connection}</dd>
      <dt>reading</dt>
      <dd>{thread.loading.status}</dd>
      <dt>key of Bob</dt>
      <dd>{thread.peerKey}</dd>
      {Object.entries(counts).map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </Facts>
  );
}

function countBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}

const Controls = styled.div`
  display: grid;
  gap: 20px;
  align-content: start;
  font-size: var(--pc-text-sm);

  & label {
    font-weight: 600;
  }
  & select {
    display: block;
    width: 100%;
    height: 36px;
    margin: 6px 0 0;
    padding: 0 8px;
    border: 1px solid var(--pc-color-line-strong);
    border-radius: var(--pc-radius-sm);
    background: var(--pc-color-surface);
    color: var(--pc-color-text);
    font: inherit;
  }
  & p {
    margin: 8px 0 0;
    color: var(--pc-color-text-muted);
    line-height: 18px;
    text-wrap: pretty;
  }
  & b {
    color: var(--pc-color-text);
    font-weight: 600;
  }
`;

const Facts = styled.dl`
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 2px 12px;
  margin: 0;
  padding: 10px 14px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-xs);

  & div {
    display: contents;
  }
  & dt {
    color: var(--pc-color-text-muted);
  }
  & dd {
    margin: 0;
    font-variant-numeric: tabular-nums;
  }
`;
