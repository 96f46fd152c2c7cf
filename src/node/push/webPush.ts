import type * as WebPush from 'web-push';
import { PushChatError } from '../../errors.ts';
import { isPushEndpoint, PUSH_HOSTS, type PushOutcome, type PushService } from './pushService.ts';
import { missingPackage } from '../missingPackage.ts';

export interface WebPushConfig {
  /** The node's key pair (RFC 8292), base64url: `push-node vapid-keys` makes one. Keep it: devices subscribe to it. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** Whom a push service may write to about this node: a `mailto:` or `https:` address. */
  readonly subject: string;
  /** Push services beside those of the known browsers, such as `push.example.org`. @default none */
  readonly hosts?: readonly string[] | undefined;
  /** @default the platform's */
  readonly fetch?: typeof fetch | undefined;
}

/** Older news wakes nobody. */
const TTL_SECONDS = 24 * 60 * 60;
const TIMEOUT_MS = 10_000;

/**
 * Web Push (RFC 8030): encrypted to each device (RFC 8291), signed by this node (RFC 8292).
 * @throws {PushChatError} `InvalidConfig` when the package web-push is missing, or the keys are none
 */
export async function openWebPush(config: WebPushConfig): Promise<PushService> {
  const { publicKey, privateKey, subject, hosts = [], fetch: post = fetch } = config;
  const webPush = await loadWebPush();
  const allowed = [...PUSH_HOSTS, ...hosts];
  const vapidDetails = { subject, publicKey, privateKey };
  try {
    const nobody = { endpoint: 'https://push.invalid/', keys: { p256dh: '', auth: '' } };
    webPush.generateRequestDetails(nobody, null, { vapidDetails });
  } catch (cause) {
    throw new PushChatError('InvalidConfig', 'These are no VAPID keys. Make some with `push-node vapid-keys`.', {
      cause,
    });
  }
  const allows = (endpoint: string): boolean => isPushEndpoint(endpoint, allowed);
  return {
    publicKey,
    allows,
    send: async ({ endpoint, p256dh, auth }, text) => {
      // What was allowed once may not be any more.
      if (!allows(endpoint)) return 'gone';
      try {
        const details = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
          vapidDetails,
          TTL: TTL_SECONDS,
          urgency: 'high',
          contentEncoding: 'aes128gcm',
        });
        const { headers, body } = details;
        const response = await post(endpoint, {
          method: 'POST',
          headers: headers as Record<string, string>,
          body: new Uint8Array(body),
          redirect: 'error',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        await response.body?.cancel();
        return outcomeOf(response.status);
      } catch {
        return 'failed';
      }
    },
  };
}

/** 404 and 410 say that there is no such device (RFC 8030, section 7.3). */
const outcomeOf = (status: number): PushOutcome =>
  status === 404 || status === 410 ? 'gone' : status >= 200 && status < 300 ? 'sent' : 'failed';

/** A new key pair for a node. @throws {PushChatError} `InvalidConfig` when the package web-push is missing */
export async function generateVapidKeys(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return (await loadWebPush()).generateVAPIDKeys();
}

async function loadWebPush(): Promise<typeof WebPush> {
  try {
    return (await import('web-push')).default;
  } catch (cause) {
    throw missingPackage('Web Push needs', 'web-push', cause);
  }
}
