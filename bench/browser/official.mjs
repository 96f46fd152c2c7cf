// The official client as it is published, with the two names of Node.js that it takes for granted.
import { Buffer } from 'buffer';

globalThis.Buffer = Buffer;
globalThis.global = globalThis;
globalThis.process ??= { env: {}, version: '', browser: true, nextTick: queueMicrotask };
export const { PushAPI, CONSTANTS } = await import('@pushprotocol/restapi');
