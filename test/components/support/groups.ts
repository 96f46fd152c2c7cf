import { emptyThread, type ChatState, type Group, type GroupMember, type Thread } from '../../../src/client/state.ts';
import { isGroupId, type GroupId } from '../../../src/protocol/peer.ts';
import { MAYA, ME } from './people.ts';
import { ready } from './stateClient.ts';

function idOf(text: string): GroupId {
  if (!isGroupId(text)) throw new Error('no group id');
  return text;
}

export const GROUP = idOf('6cf91ec205528d3dcb5ba0321a03a76d7bacf898d6e6dd5197bfa4c9044b323a');

/** The state in which one group is open, of which this account is the admin. */
export function groupState(
  group: Partial<Group>,
  thread: Partial<Thread> = {},
  members: readonly GroupMember[] = [],
): Partial<ChatState> {
  const whole: Group = {
    chatId: GROUP,
    name: 'Gardeners',
    description: 'Roses and more',
    picture: null,
    isPublic: false,
    encryption: 'message',
    creator: MAYA,
    rules: {},
    config: { meta: null, scheduleAt: null, scheduleEnd: null, status: null },
    standing: 'admin',
    invitedBy: null,
    since: null,
    membership: 'proven',
    counts: { accepted: 2, pending: 0, admins: 1 },
    lines: [],
    concerns: [],
    ...group,
  };
  const loaded: Thread = {
    ...emptyThread(GROUP),
    ...thread,
    relation: 'chat',
    peerKey: 'verified',
    loading: { status: 'loaded' },
  };
  const me: GroupMember = { did: ME, role: 'admin', accepted: true, since: null, inviter: null, proven: true };
  return {
    ...ready,
    threads: { [GROUP]: loaded },
    groups: { [GROUP]: whole },
    groupMembers: { [GROUP]: { items: [me, ...members], loading: { status: 'loaded' }, nextPage: null } },
  };
}
