import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { styled } from 'styled-components';
import type { Group, GroupMember } from '../../client/state.ts';
import { useGroupMembers } from '../../hooks/useGroupMembers.ts';
import type { Did } from '../../protocol/did.ts';
import { VirtualRows } from '../ChatWindow/VirtualRows.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Spinner } from '../shared/Spinner.tsx';
import { useText } from '../text/useText.ts';
import { useLateText } from '../text/useLateText.ts';
import { GroupReading } from './GroupReading.tsx';
import { MemberRow } from './MemberRow.tsx';

export interface MemberListProps {
  readonly group: Group;
  readonly viewport: RefObject<HTMLDivElement | null>;
  /** What stands above the list in it. */
  readonly head: RefObject<HTMLDivElement | null>;
}

/** Within this many pixels of its end, the next page is loaded unasked. */
const NEAR = 400;

/** Who is in a group: admins, members, invited. Drawn are those in sight, and loaded those that were scrolled to. */
export function MemberList({ group, viewport, head }: MemberListProps): ReactNode {
  const { items, loading, hasMore, loadMore, reload } = useGroupMembers(group.chatId);
  const { t } = useText();
  const late = useLateText();
  const list = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(0);
  const [asked, setAsked] = useState<Did>();
  useLayoutEffect(() => {
    const { current } = head;
    if (!current || typeof ResizeObserver === 'undefined') return;
    // What stands above the list opens and closes.
    const observer = new ResizeObserver(() => setAbove(list.current?.offsetTop ?? 0));
    observer.observe(current);
    return () => observer.disconnect();
  }, [head]);
  useEffect(() => {
    const { current } = viewport;
    if (!current || !hasMore) return;
    const look = (): void => {
      if (current.scrollHeight - current.scrollTop - current.clientHeight < NEAR) void loadMore();
    };
    current.addEventListener('scroll', look, { passive: true });
    return () => current.removeEventListener('scroll', look);
  }, [viewport, hasMore, loadMore]);
  useEffect(() => {
    if (asked === undefined || items.some(({ did }) => did === asked)) return;
    // Who was asked about is gone, and the focus with their row.
    viewport.current?.focus();
  }, [asked, items, viewport]);
  const total = group.counts && group.counts.accepted + group.counts.pending;
  const rows = items.map((member, place) => ({ ...member, id: member.did, place, heading: headingOf(items, place) }));
  return (
    <section aria-label={late('group.members')}>
      <div ref={list} role="list" aria-label={late('group.members')} aria-busy={loading.status === 'loading'}>
        {/* Rows that come where there were none are no older ones, for which the place is kept. */}
        {rows.length > 0 && (
          <VirtualRows list={null} viewport={viewport} above={above} rows={rows} keep={undefined}>
            {({ place, heading, ...member }) => (
              <div
                key={member.did}
                role="listitem"
                aria-setsize={total ?? (hasMore ? -1 : rows.length)}
                aria-posinset={place + 1}
              >
                {heading && <Heading>{late(heading)}</Heading>}
                <MemberRow
                  member={member}
                  group={group}
                  isAsked={asked === member.did}
                  ask={(wanted) => setAsked(wanted ? member.did : undefined)}
                />
              </div>
            )}
          </VirtualRows>
        )}
      </div>
      {loading.status === 'loading' && <Spinner />}
      <GroupReading chatId={group.chatId} />
      {loading.status === 'failed' && (
        <Failed>
          <ErrorNote error={loading.error} />
          <Button size="small" onClick={() => void reload()}>
            {t('action.tryAgain')}
          </Button>
        </Failed>
      )}
      {hasMore && (
        <Button size="small" onClick={() => void loadMore()}>
          {late('group.more')}
        </Button>
      )}
    </section>
  );
}

type Heading = 'group.admins' | 'group.members' | 'group.invited';

const roleOf = ({ accepted, role }: GroupMember): Heading =>
  !accepted ? 'group.invited' : role === 'admin' ? 'group.admins' : 'group.members';

/** What stands above the first of each role. */
function headingOf(items: readonly GroupMember[], place: number): Heading | undefined {
  const [member, before] = [items[place], items[place - 1]];
  if (!member) return undefined;
  const role = roleOf(member);
  return before && roleOf(before) === role ? undefined : role;
}

const Heading = styled.div`
  padding: 12px 0 4px;
  color: var(--pc-color-text);
  font-size: var(--pc-text-sm);
  font-weight: 600;
`;

const Failed = styled.div`
  display: grid;
  justify-items: start;
  gap: 8px;
`;
