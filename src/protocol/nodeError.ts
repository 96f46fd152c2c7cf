import { PushChatError, type ErrorCode } from '../errors.ts';

/** The error body of a node: form A of protocol 1.4. `details.code` is ours; other nodes leave it out. */
export interface NodeErrorBody {
  readonly status: 'ERROR';
  readonly errorCode: string;
  readonly message: string;
  readonly details: { readonly code: ErrorCode; readonly requestId?: string };
  /** ISO 8601. */
  readonly timestamp: string;
}

/** The status by code; whatever is not listed is a malformed request. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  AuthRequired: 401,
  BlockedPeer: 403,
  ClockSkew: 403,
  KeyUnattested: 403,
  NotPermitted: 403,
  ProofDowngrade: 403,
  ProofInvalid: 403,
  ProofMalformed: 403,
  ProofMissing: 403,
  ReceiverMismatch: 403,
  ReplayDetected: 409,
  SenderMismatch: 403,
  NotFound: 404,
  HeadConflict: 409,
  KeyRollback: 409,
  PayloadTooLarge: 413,
  RateLimited: 429,
  Internal: 500,
  ChainUnavailable: 503,
  StoreUnavailable: 503,
};

/** The wire's own codes where it has one (protocol 1.4). */
const WIRE_CODE: Partial<Record<ErrorCode, string>> = {
  InvalidAddress: 'E00034',
  PayloadMalformed: 'E00069',
  ProofMissing: 'E00070',
  KeyNotFound: 'E00071',
  NotPermitted: 'E00074',
  SenderMismatch: 'E00074',
  ProofMalformed: 'E00075',
  NotFound: 'E00030',
};

/** What a node answers for an error. An unexpected failure keeps its reason to itself. */
export function formatNodeError(
  error: PushChatError,
  now: Date,
  requestId?: string,
): { status: number; body: NodeErrorBody } {
  return {
    status: STATUS[error.code] ?? 400,
    body: {
      status: 'ERROR',
      errorCode: WIRE_CODE[error.code] ?? '00000000000',
      message: error.code === 'Internal' ? 'Unexpected failure.' : error.message,
      details: { code: error.code, ...(requestId !== undefined && { requestId }) },
      timestamp: now.toISOString(),
    },
  };
}

const LONGEST_REASON = 300;

/** Codes that a node may speak in; all others are this side's own, and a node naming them is not believed. */
const SPOKEN: ReadonlySet<string> = new Set([
  ...Object.keys(STATUS),
  'InvalidAddress',
  'KeyNotFound',
  'PayloadMalformed',
  'PlaintextRefused',
  'UnsupportedEncType',
  'UnsupportedMessageType',
]);

/** What a status says by itself, be it a node's or that of a proxy before it. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  403: 'NotPermitted',
  404: 'NotFound',
  413: 'PayloadTooLarge',
  429: 'RateLimited',
  502: 'NetworkUnavailable',
  503: 'NetworkUnavailable',
  504: 'NetworkTimeout',
};

/**
 * The error behind a node's answer of 400 and above, in any of the forms of protocol 1.4: our own code where the node
 * says it, else by status, else `NodeError`.
 * @param retryAfter the header of that name, of which only seconds are understood: a date says nothing without the
 *   node's clock (RFC 9110 10.2.3)
 */
export function parseNodeError(status: number, text: string, retryAfter?: string | null): PushChatError {
  const { message, code } = readBody(text);
  const reason = (message ?? '').slice(0, LONGEST_REASON) || 'no reason given';
  const seconds = /^\d{1,9}$/.test(retryAfter ?? '') ? { retryAfter: Number(retryAfter) } : {};
  return new PushChatError(
    code ?? BY_STATUS[status] ?? 'NodeError',
    `The Push Node refused this (status ${status}): ${reason}`,
    seconds,
  );
}

function readBody(text: string): { message?: string; code?: ErrorCode } {
  try {
    const body = JSON.parse(text) as { message?: unknown; details?: { code?: unknown } } | null;
    const message = typeof body?.message === 'string' ? body.message : '';
    const code = body?.details?.code;
    return typeof code === 'string' && SPOKEN.has(code) ? { message, code: code as ErrorCode } : { message };
  } catch {
    // Messages, requests and answers to them are refused in plain text; pages of a proxy are not worth showing.
    return text.trimStart().startsWith('<') ? {} : { message: text };
  }
}
