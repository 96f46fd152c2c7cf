import { generateVapidKeys } from '../push/webPush.ts';

/** Prints a new key pair for Web Push, as a file of options has it. */
export async function vapidKeys(): Promise<number> {
  const { publicKey, privateKey } = await generateVapidKeys();
  const options = { 'vapid-public-key': publicKey, 'vapid-private-key': privateKey };
  process.stdout.write(`${JSON.stringify(options, null, 2)}\n`);
  return 0;
}
