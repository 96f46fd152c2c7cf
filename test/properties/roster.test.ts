import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRoster, type Roster } from '../../src/client/groups/roster.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { createFold } from '../../src/protocol/groups/groupFold.ts';
import { EMPTY_CONFIG } from '../../src/protocol/groups/groupPayload.ts';
import type { GroupAct, GroupChange } from '../../src/protocol/groups/groupState.ts';
import { inPeriods } from '../../src/protocol/groups/periods.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';

const people: readonly Did[] = Array.from({ length: 5 }, (_, i) => parseDid(`0x${String(i + 1).padStart(40, '0')}`));
const person = fc.constantFrom(...people);
const some = fc.uniqueArray(person, { maxLength: 3 });
const secret = fc.option(fc.string({ minLength: 1, maxLength: 8 }), { nil: null });

const create: GroupChange = {
  kind: 'create',
  chatId: 'a'.repeat(64),
  profile: {
    groupName: 'x',
    groupDescription: null,
    groupImage: null,
    rules: {},
    isPublic: false,
    groupType: 'default',
  },
  profileProof: null,
  config: EMPTY_CONFIG,
  members: people.slice(1, 3),
  admins: [],
};

const change: fc.Arbitrary<GroupChange> = fc.oneof(
  fc.record({ kind: fc.constant('members' as const), members: some, admins: some, remove: some, secret }),
  fc.record({ kind: fc.constant('accept' as const), secret }),
  fc.record({ kind: fc.constant('reject' as const) }),
  fc.record({
    kind: fc.constant('replace' as const),
    profile: fc.constant({ groupName: 'y', groupDescription: null, groupImage: null }),
    members: some,
    admins: some,
  }),
);

/** Acts in their order, the creation first; some have no effect at their place. */
const history: fc.Arbitrary<readonly GroupAct[]> = fc
  .array(fc.record({ signer: person, change }), { maxLength: 25 })
  .map((acts) =>
    [{ signer: people[0]!, change: create }, ...acts].map((act, i) => ({
      ...act,
      at: 1_000 + i * 10,
      digest: sha256Hex(`act ${i}`),
      proof: `proof ${i}`,
    })),
  );

const rosterOf = (acts: readonly GroupAct[], kept?: ReturnType<Roster['keep']>): Roster => {
  const roster = createRoster(kept);
  for (const act of acts) if (!roster.acts.has(act.digest)) roster.take(act);
  return roster;
};

describe('a roster', () => {
  it('F5 is what a node makes of the same acts', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const [roster, fold] = [rosterOf(acts), createFold()];
        for (const act of acts) fold.take(act);
        expect(new Map(roster.members)).toEqual(new Map(fold.members));
        expect(roster.group?.secret?.sessionKey).toBe(fold.group?.secret?.sessionKey);
      }),
    );
  });

  it('F5 F6 depends on the acts alone: not on how they were paged, kept, or told again', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(26), { maxLength: 4 }), (acts, cuts) => {
        const whole = rosterOf(acts);
        let roster = createRoster();
        for (const cut of [...cuts, acts.length].sort((a, b) => a - b)) {
          // From the beginning each time, through what a device keeps.
          roster = rosterOf(acts.slice(0, cut), JSON.parse(JSON.stringify(roster.keep() ?? null)) ?? undefined);
        }
        expect(roster.keep()).toEqual(JSON.parse(JSON.stringify(whole.keep())));
      }),
    );
  });

  it('has in its periods who was in at every moment', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const whole = rosterOf(acts);
        acts.forEach(({ at }, i) => {
          const then = rosterOf(acts.slice(0, i + 1));
          for (const did of people) {
            const member = then.members.get(did);
            const wasIn = member?.accepted === true;
            expect(inPeriods(whole.periodsOf(did), { at, tolerance: 0 })).toBe(wasIn);
            const wasAdmin = wasIn && member.role === 'admin';
            expect(inPeriods(whole.periodsOf(did), { at, role: 'admin', tolerance: 0 })).toBe(wasAdmin);
          }
        });
      }),
    );
  });

  it('knows every secret that it ever had, so that old keys read old messages', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const whole = rosterOf(acts);
        acts.forEach((_, i) => {
          const { group } = rosterOf(acts.slice(0, i + 1));
          if (group?.secret) expect(whole.secretOf(group.secret.sessionKey)).toMatch(/^[0-9a-f]{64}$/);
        });
      }),
    );
  });
});
