import { AbiCoder, concat } from 'ethers';
import { FACTORY } from './contracts.ts';

export const SUFFIX = `0x${'6492'.repeat(16)}`;

/** EIP-6492: what deploys the account, its signature, and the suffix that tells of both. */
export const wrapped = (factoryData: string, signature: string): string =>
  concat([
    AbiCoder.defaultAbiCoder().encode(['address', 'bytes', 'bytes'], [FACTORY.address, factoryData, signature]),
    SUFFIX,
  ]);
