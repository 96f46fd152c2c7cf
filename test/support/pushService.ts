import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** A device's side of Web Push, written from the RFCs and apart from the library that nodes use. */
export interface PushDevice {
  readonly p256dh: string;
  readonly auth: string;
  /** Opens what was encrypted to it (RFC 8291, aes128gcm of RFC 8188, one record). */
  readonly decrypt: (body: Uint8Array) => string;
}

export function pushDevice(keys?: { readonly privateKey: string; readonly auth: string }): PushDevice {
  const ecdh = createECDH('prime256v1');
  if (keys) ecdh.setPrivateKey(bytes(keys.privateKey));
  else ecdh.generateKeys();
  const own = ecdh.getPublicKey();
  const auth = keys ? bytes(keys.auth) : randomBytes(16);
  return {
    p256dh: own.toString('base64url'),
    auth: auth.toString('base64url'),
    decrypt: (sent) => {
      const body = Buffer.from(sent);
      const [salt, idLength] = [body.subarray(0, 16), body.readUInt8(20)];
      const sender = body.subarray(21, 21 + idLength);
      const record = body.subarray(21 + idLength);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, sender]);
      const ikm = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32));
      const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
      const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
      const decipher = createDecipheriv('aes-128-gcm', key, nonce);
      decipher.setAuthTag(record.subarray(-16));
      const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
      // The last record ends with a 2 and any number of zeros.
      const end = padded.lastIndexOf(2);
      return padded.subarray(0, end).toString('utf8');
    },
  };
}

/** Says who sent it, if the signature is right (RFC 8292): `vapid t=<JWT>, k=<public key>`. */
export function readVapid(authorization: string | null): {
  readonly key: string;
  readonly claims: Record<string, unknown>;
} {
  const [, jwt = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization ?? '') ?? [];
  const [header = '', claims = '', signature = ''] = jwt.split('.');
  const point = bytes(key);
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const isRight = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    bytes(signature),
  );
  if (!isRight) throw new Error('The signature is wrong.');
  return { key, claims: JSON.parse(bytes(claims).toString()) as Record<string, unknown> };
}

/** What a push service was sent. */
export interface Pushed {
  readonly endpoint: string;
  readonly vapid: ReturnType<typeof readVapid>;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A push service that keeps what it is sent, and answers as it is told to. */
export function fakePushService() {
  const pushed: Pushed[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let status = 201;
  return {
    pushed,
    answer: (next: number) => (status = next),
    atLeast: (count: number) =>
      new Promise<void>((resolve) => {
        if (pushed.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    fetch: (async (url: string, init: RequestInit) => {
      const headers = new Headers(init.headers);
      const body = new Uint8Array(await new Response(init.body).arrayBuffer());
      pushed.push({ endpoint: url, vapid: readVapid(headers.get('authorization')), headers, body });
      for (const { count, resolve } of waiting) if (pushed.length >= count) resolve();
      return new Response(null, { status });
    }) as typeof fetch,
  };
}
