/** A device that may be woken: where its push service takes what is for it, and its keys (RFC 8291), base64url. */
export interface PushTarget {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** What came of it: `gone` is a device that is none any more. */
export type PushOutcome = 'sent' | 'gone' | 'failed';

/** How a node reaches devices through the push services of their browsers. */
export interface PushService {
  /** By which push services know this node (RFC 8292), base64url. */
  readonly publicKey: string;
  /** Whether anything may be sent there at all. */
  readonly allows: (endpoint: string) => boolean;
  /** Encrypts and sends. Never rejects. */
  readonly send: (target: PushTarget, text: string) => Promise<PushOutcome>;
}

/** Hosts of the push services of Chrome and Edge, Firefox, Safari and Windows; `*.` stands for names below. */
export const PUSH_HOSTS = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
] as const;

/**
 * Whether an endpoint is one of a push service that the operator trusts: whoever subscribes names it, and must not be able
 * to have the node call anything else, such as what only its own network reaches (OWASP: SSRF).
 * @param hosts as in `PUSH_HOSTS`; one with a port stands for that port, all others for 443
 */
export function isPushEndpoint(endpoint: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, host, username, password } = new URL(endpoint);
  if (protocol !== 'https:' || username !== '' || password !== '') return false;
  return hosts.some((allowed) => (allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed));
}
