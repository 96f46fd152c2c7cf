import { RequestList, useRequests } from '../../src/exports/index.ts';

/** Strangers who ask, under a headline that counts them. */
export function RequestsPage() {
  const { items } = useRequests();
  return (
    <section>
      <h2>{items.length === 1 ? 'One request' : `${items.length} requests`}</h2>
      <RequestList />
    </section>
  );
}
