import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PushChatError, type ErrorCode } from '../../src/errors.ts';
import { formatNodeError, parseNodeError } from '../../src/protocol/nodeError.ts';
import { NOW } from '../support/builders.ts';

const spoken: ErrorCode[] = [
  'BlockedPeer',
  'HeadConflict',
  'Internal',
  'InvalidAddress',
  'KeyNotFound',
  'KeyUnattested',
  'NotFound',
  'NotPermitted',
  'PayloadMalformed',
  'PayloadTooLarge',
  'PlaintextRefused',
  'ProofDowngrade',
  'ProofInvalid',
  'ProofMalformed',
  'ProofMissing',
  'ReceiverMismatch',
  'ReplayDetected',
  'SenderMismatch',
  'UnsupportedEncType',
  'UnsupportedMessageType',
];
/** What only this side can know; no node is believed to say it. */
const ours: ErrorCode[] = [
  'CidMismatch',
  'DecryptFailed',
  'HostRefused',
  'KeyBundleMalformed',
  'KeyMismatch',
  'NetworkTimeout',
  'NetworkUnavailable',
  'SessionLocked',
  'WalletChanged',
  'WalletRejected',
  'WalletUnsupported',
];

const answer = (code: ErrorCode, message = 'a reason'): { status: number; text: string } => {
  const { status, body } = formatNodeError(new PushChatError(code, message), NOW);
  return { status, text: JSON.stringify(body) };
};

describe('errors over the wire', () => {
  it.each(spoken)('%s arrives as itself, with its reason', (code) => {
    const { status, text } = answer(code);
    expect(status).toBeGreaterThanOrEqual(400);
    const error = parseNodeError(status, text);
    expect(error).toMatchObject({ name: 'PushChatError', code });
    expect(error.message).toContain(code === 'Internal' ? 'Unexpected failure.' : 'a reason');
  });

  it.each(ours)('%s is not believed of a node', (code) => {
    expect(parseNodeError(400, answer(code).text).code).toBe('NodeError');
  });

  it('the body has the five keys of form A, and the wire’s own codes', () => {
    const { status, body } = formatNodeError(new PushChatError('InvalidAddress', 'no'), NOW);
    expect(status).toBe(400);
    expect(body).toEqual({
      status: 'ERROR',
      errorCode: 'E00034',
      message: 'no',
      details: { code: 'InvalidAddress' },
      timestamp: '2026-11-23T00:00:00.000Z',
    });
  });

  it('an unexpected failure keeps its reason to itself', () => {
    const error = new PushChatError('Internal', 'CANARY /srv/db', { cause: new Error('CANARY') });
    expect(JSON.stringify(formatNodeError(error, NOW))).not.toContain('CANARY');
  });
});

describe('PA-05 answers of other nodes, of proxies and of portals', () => {
  const html = '<!DOCTYPE html><html><body>Welcome to our WiFi</body></html>';

  it.each([
    ['a page', html],
    ['a page after white space', `\n  ${html}`],
    ['nothing', ''],
    ['cut JSON', answer('ProofInvalid').text.slice(0, -20)],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['text in JSON', '"no"'],
    ['strange members', '{"message":{"toString":1},"details":"x"}'],
    ['an unknown code', '{"details":{"code":"toString"}}'],
    ['bytes', '\x1f\x8b\0\0'],
  ])('PA-05 %s is NodeError', (_, text) => {
    for (const status of [400, 401, 500]) expect(parseNodeError(status, text).code).toBe('NodeError');
    expect([429, 502, 503, 504].map((status) => parseNodeError(status, text).code)).toEqual([
      'RateLimited',
      'NetworkUnavailable',
      'NetworkUnavailable',
      'NetworkTimeout',
    ]);
    expect(parseNodeError(404, text).code).toBe('NotFound');
    expect(parseNodeError(403, text).code).toBe('NotPermitted');
    expect(parseNodeError(413, text).code).toBe('PayloadTooLarge');
  });

  it('PA-05 a page is not shown, and nothing at all has its words', () => {
    expect(parseNodeError(502, html).message).toBe('The Push Node refused this (status 502): no reason given');
    expect(parseNodeError(500, '').message).toContain('no reason given');
  });

  it('reasons in plain text and in form B are kept, and cut when long', () => {
    expect(parseNodeError(400, 'Intent already exists').message).toContain('Intent already exists');
    const formB = '{"error":"Bad Request","message":"validation failed","validation":{}}';
    expect(parseNodeError(400, formB).message).toContain('validation failed');
    expect(parseNodeError(400, 'x'.repeat(1_000_000)).message.length).toBeLessThan(400);
  });

  it('PA-05 any status with any body is a PushChatError', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 599 }),
        fc.oneof(fc.json(), fc.string({ unit: 'binary' })),
        (status, text) => {
          const error = parseNodeError(status, text);
          expect(error).toBeInstanceOf(PushChatError);
          expect(error.message.length).toBeLessThan(400);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
