import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { PushChatProvider } from '../../src/hooks/PushChatProvider.tsx';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';

export interface LiveProps<Cast> {
  /** Brings a world into the state that the story is about. */
  readonly scene: (world: TestWorld) => Promise<Cast>;
  readonly children: (cast: Cast) => ReactNode;
}

/** A story on a real Push Node in memory, with real wallets and keys; the node ends with the story. */
export function Live<Cast>({ scene, children }: LiveProps<Cast>): ReactNode {
  const [made, setMade] = useState<{ cast: Cast } | { error: unknown }>();
  useEffect(() => {
    const world = createTestWorld();
    let current = true;
    const show = (result: typeof made): void => {
      // A story that was left before its world was ready has nobody to tell.
      if (current) setMade(result);
    };
    scene(world).then(
      (cast) => show({ cast }),
      (error: unknown) => show({ error }),
    );
    return () => {
      current = false;
      world.close();
    };
  }, [scene]);
  if (!made) return <p role="status">Making wallets and keys…</p>;
  if ('error' in made) throw made.error;
  return children(made.cast);
}

export interface SideProps {
  readonly user: TestUser;
  readonly width?: number;
  readonly height?: number;
  readonly children: ReactNode;
}

/** One user's page. */
export function Side({ user, width = 400, height = 620, children }: SideProps): ReactNode {
  // A share of the parent would be nothing where the parent shrinks to what it holds.
  const frame: CSSProperties = { width: `min(${width}px, 100vw - 64px)`, height };
  return (
    <div style={frame}>
      <PushChatProvider client={user.client}>{children}</PushChatProvider>
    </div>
  );
}
