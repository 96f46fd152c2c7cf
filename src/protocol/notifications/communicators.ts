/**
 * The contract that a wallet's signature for notifications is bound to, by chain: on each the ones of Push's networks
 * (protocol 7). A signature for any other says nothing here.
 */
const COMMUNICATORS: readonly (readonly [contract: string, chains: readonly number[]])[] = [
  ['0xb3971bcef2d791bc4027bbfedfb47319a4aaaaaa', [1, 10, 56, 97, 122, 123, 137, 1101, 7560, 8453, 42161, 80002]],
  ['0x0d8e75cb5d8873c43c5d9add71fd71a09f7ef890', [59144]],
  ['0x9ddcd7ed7151afab43044e4d694fa064742c428c', [11155111]],
  ['0x0c34d54a09cfe75bccd878a469206ae77e0fe6e7', [11155111]],
  ['0x9cb3bd7550b5c92baa056fc0f08132f49508145f', [2442, 59141, 80002, 84532, 111557560]],
  ['0x4132061e3349ff36cffcada460e10bd4f31f7ea8', [97]],
  ['0x754787358fac861ef904c92d54f7adb659779317', [421614, 11155420]],
  ['0x9dc25996ba72a2fd7e64e7a674232a683f406f1a', [421614, 11155420]],
  ['0x6e489b7af21ceb969f49a90e481274966ce9d74d', [2442, 84532, 111557560]],
  ['0x7ebb54d86cf928115965db596a3e600404dd8039', [123]],
  ['0x7b9c405e261ba671f008c20d0321f62d08c140ec', [80085]],
  ['0xa1df3e68d085aa6918bcc2506b24e499830db0eb', [80085]],
];

/** @param chain EIP-155 chain id */
export const communicatorsOn = (chain: number | undefined): readonly string[] =>
  COMMUNICATORS.flatMap(([contract, chains]) => (chain !== undefined && chains.includes(chain) ? [contract] : []));
