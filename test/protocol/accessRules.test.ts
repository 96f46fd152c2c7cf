import { mayPassUninvited } from '../../src/protocol/groups/mayPassUninvited.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRules, parseAccess } from '../../src/protocol/groups/accessRules.ts';
import {
  allOf,
  anyOf,
  groupRules,
  hasGuildRole,
  holdsErc20,
  holdsErc721,
  isInvitedBy,
  passesEndpoint,
} from '../../src/protocol/groups/buildRules.ts';
import { coded } from '../support/builders.ts';
import groups from '../vectors/e_groups.json' with { type: 'json' };

const TOKEN = '0xf418588522d5dd018b425E472991E52EBBeEEEEE';

describe('rules of groups', () => {
  it('are built as the official client writes them', () => {
    const official = groups.groups.find(({ name }) => name.includes('token-gated'))?.calls[0]?.body;
    const built = groupRules({
      entry: anyOf(holdsErc20({ chain: 1, contract: TOKEN, amount: 1, decimals: 18 }), isInvitedBy('ADMIN', 'OWNER')),
    });
    const withDefault = JSON.parse(JSON.stringify((official as { rules: unknown }).rules)) as unknown;
    expect(describeRules(built)).toEqual(describeRules(withDefault));
  });

  it('say in words what they ask for', () => {
    const rules = groupRules({
      entry: allOf(
        holdsErc721({ chain: 137, contract: TOKEN, amount: 2, comparison: '>' }),
        anyOf(
          passesEndpoint('https://example.org/may/{{user_address}}'),
          hasGuildRole({ guild: '1985', role: '*', comparison: 'any' }),
        ),
      ),
      chat: holdsErc20({ chain: 1, contract: TOKEN, amount: 0.5, decimals: 18 }),
    });
    expect(describeRules(rules)).toEqual({
      entry: {
        join: 'all',
        met: null,
        of: [
          { condition: { kind: 'erc721', chain: 137, contract: TOKEN, amount: 2, comparison: '>' }, met: null },
          {
            join: 'any',
            met: null,
            of: [
              {
                condition: { kind: 'endpoint', host: 'example.org', url: 'https://example.org/may/{{user_address}}' },
                met: null,
              },
              { condition: { kind: 'guild', guild: '1985', role: '*', comparison: 'any' }, met: null },
            ],
          },
        ],
      },
      chat: { condition: { kind: 'erc20', chain: 1, contract: TOKEN, amount: 0.5, comparison: '>=' }, met: null },
    });
    expect(describeRules({})).toEqual({ entry: null, chat: null });
  });

  it.each([
    ['an invitation for writing', () => groupRules({ chat: isInvitedBy('ADMIN') }), 'PayloadMalformed'],
    [
      'an endpoint that asks nothing about the account',
      () => groupRules({ entry: passesEndpoint('https://a.b') }),
      'PayloadMalformed',
    ],
    [
      'an endpoint of another scheme',
      () => groupRules({ entry: passesEndpoint('ftp://a.b/{{user_address}}') }),
      'PayloadMalformed',
    ],
    ['a contract that is none', () => holdsErc721({ chain: 1, contract: 'ape', amount: 1 }), 'InvalidAddress'],
    [
      'a negative amount',
      () => groupRules({ entry: holdsErc721({ chain: 1, contract: TOKEN, amount: -1 }) }),
      'PayloadMalformed',
    ],
  ] as const)('refuse %s', (_, build, code) => {
    expect(build).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('say by whose word they are met', () => {
    const met = (access: boolean): object => ({ ...isInvitedBy('ADMIN'), access });
    const answer = { entry: true, chat: false, rules: { entry: { conditions: { any: [met(false), met(true)] } } } };
    expect(parseAccess(answer, 'node.example.org')).toMatchObject({
      ...{ mayEnter: true, mayWrite: false, saidBy: 'node.example.org', chat: null },
      entry: { join: 'any', met: true, of: [{ met: false }, { met: true }] },
    });
    expect(() => parseAccess({ entry: 'yes', chat: true }, undefined)).toThrow(coded('PayloadMalformed'));
  });

  it('F3 are described whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (conditions) => {
        const { entry } = describeRules({ entry: { conditions } });
        expect(entry).not.toBeUndefined();
      }),
    );
    expect(describeRules(null)).toEqual({ entry: null, chat: null });
  });
});

describe('what strangers write into rules', () => {
  it('is read whatever the case of an address, so that nothing that draws it can fail', () => {
    const contract = 'eip155:1:0xF418588522d5dd018b425E472991E52EBBeEEEEE';
    const rules = {
      entry: { conditions: holdsErc721({ chain: 1, contract: contract.slice(9).toLowerCase(), amount: 1 }) },
    };
    const sloppy = JSON.parse(JSON.stringify(rules).replace(/eip155:1:0x[0-9a-fA-F]{40}/, contract)) as typeof rules;
    expect(JSON.stringify(describeRules(sloppy))).toContain('0xf418588522d5dd018b425E472991E52EBBeEEEEE');
  });

  it('needs an invitation where they ask for one, whatever else they ask for', () => {
    const token = holdsErc721({ chain: 1, contract: '0xf418588522d5dd018b425e472991e52ebbeeeeee', amount: 1 });
    expect(mayPassUninvited(isInvitedBy('ADMIN'))).toBe(false);
    expect(mayPassUninvited(allOf(token, isInvitedBy('ADMIN')))).toBe(false);
    expect(mayPassUninvited(anyOf(token, isInvitedBy('ADMIN')))).toBe(true);
    expect(mayPassUninvited([token])).toBe(true);
  });
});
