import { useThread } from '../../src/exports/hooks.ts';
import { PollCard } from '../../src/exports/polls.ts';

/** All polls in a chat. `proofs` is what whoever asked published, such as a file beside the question. */
export function PollsPage({ asker, proofs }: { readonly asker: string; readonly proofs?: readonly string[] }) {
  const { thread } = useThread(asker);
  return (
    <section style={{ display: 'grid', gap: 12 }}>
      {thread?.items.map((item) => (
        <PollCard key={item.id} peer={asker} item={item} proofs={proofs} />
      ))}
    </section>
  );
}
