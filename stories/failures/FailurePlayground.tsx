import { useEffect, useState, type ReactNode } from 'react';
import { ChatWindow } from '../../src/exports/index.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { TestWorld, TestUser } from '../../src/testing/testWorld.ts';
import type { Lie } from '../../src/testing/hostileNode.ts';
import { Live, Side } from '../support/Live.tsx';
import { talking, type Pair } from '../support/scenes.ts';
import { Bench, Workbench } from '../support/Workbench.tsx';
import { FailureControls } from './FailureControls.tsx';
import { TOLD_LIES, unvouched } from './lies.ts';
import { FAIR, faultsOf, type Weather } from './weather.ts';

interface Cast extends Pair {
  /** Another device of Alice's, with nothing on it. */
  readonly newDevice: () => Promise<TestUser>;
}

async function scene(world: TestWorld): Promise<Cast> {
  const pair = await talking(world);
  const newDevice = (): Promise<TestUser> => world.join('Alice', { storage: memoryStorage() });
  return { ...pair, newDevice };
}

/** Alice's way to the node goes wrong; Bob's does not. */
export function FailurePlayground(): ReactNode {
  return <Live scene={scene}>{(cast) => <Playground {...cast} />}</Live>;
}

function Playground({ bob, alice, newDevice }: Cast): ReactNode {
  const [weather, setWeather] = useState<Weather>(FAIR);
  const device = useDevice(newDevice, weather.lie);
  useEffect(() => device?.network.set(faultsOf(weather)), [device, weather]);
  const [lies] = useState(() => [...TOLD_LIES, unvouched(bob.did)]);
  return (
    <Workbench
      title="Failures"
      lead="Two wallets on a node in this page. Whatever goes wrong does so between Alice and the node."
      controls={
        <FailureControls
          weather={weather}
          lies={lies}
          device={device}
          peer={bob.did}
          onChange={(change) => setWeather((before) => ({ ...before, ...change }))}
        />
      }
    >
      <Bench>
        <section aria-label="Alice">
          <h2>Alice, through the bad network</h2>
          {device ? (
            <Side key={weather.lie?.name} user={device} width={400} height={600}>
              <ChatWindow peer={bob.did} aria-label="Alice’s chat" />
            </Side>
          ) : (
            <p role="status">Alice opens another device…</p>
          )}
        </section>
        <section aria-label="Bob">
          <h2>Bob, through a good one</h2>
          <Side user={bob} width={400} height={600}>
            <ChatWindow peer={alice.did} aria-label="Bob’s chat" />
          </Side>
        </section>
      </Bench>
    </Workbench>
  );
}

/** A device that has read nothing yet: what was read before a lie began stays known, and would be shown. */
function useDevice(newDevice: Cast['newDevice'], lie: Lie | null): TestUser | undefined {
  const [made, setMade] = useState<{ readonly device: TestUser; readonly under: Lie | null }>();
  useEffect(() => {
    let current = true;
    const opening = newDevice();
    void opening.then((device) => {
      device.network.set(faultsOf({ ...FAIR, lie }));
      if (current) setMade({ device, under: lie });
    });
    return () => {
      current = false;
      void opening.then(({ client }) => client.close());
    };
  }, [newDevice, lie]);
  return made?.under === lie ? made.device : undefined;
}
