import { concat, dataLength, id, toBeHex } from 'ethers';

// Contracts in EVM assembly, one instruction a word, so that no compiler is needed to read or change them.

const OPCODES: Readonly<Record<string, string>> = {
  MUL: '02',
  EQ: '14',
  OR: '17',
  SHL: '1b',
  SHR: '1c',
  CALLDATALOAD: '35',
  CODECOPY: '39',
  POP: '50',
  MLOAD: '51',
  MSTORE: '52',
  SLOAD: '54',
  JUMP: '56',
  JUMPI: '57',
  PC: '58',
  GAS: '5a',
  JUMPDEST: '5b',
  DUP1: '80',
  SWAP1: '90',
  ADD: '01',
  RETURN: 'f3',
  STATICCALL: 'fa',
  REVERT: 'fd',
};

/** Machine code of a program: opcodes by name, constants as `0x…`, which are pushed. */
function assemble(program: string): string {
  const words = program.trim().split(/\s+/);
  return `0x${words.map((word) => (word.startsWith('0x') ? push(word) : opcode(word))).join('')}`;
}

const push = (constant: string): string => (0x5f + dataLength(constant)).toString(16) + constant.slice(2);

function opcode(name: string): string {
  const code = OPCODES[name];
  if (code === undefined) throw new RangeError(`no opcode ${name}`);
  return code;
}

const selector = (signature: string): string => id(signature).slice(0, 10);

const MAGIC = selector('isValidSignature(bytes32,bytes)');
const RETURN_WORD = '0x00 MSTORE 0x20 0x00 RETURN';

/** A wallet that takes the 65-byte signatures of one owner: `ecrecover(hash, v, r, s) == owner ? magic : 0`. */
export const ownedWallet = (owner: string): string =>
  assemble(`
    0x04 CALLDATALOAD 0x00 MSTORE
    0xa4 CALLDATALOAD 0xf8 SHR 0x20 MSTORE
    0x64 CALLDATALOAD 0x40 MSTORE
    0x84 CALLDATALOAD 0x60 MSTORE
    0x20 0x80 0x80 0x00 0x01 GAS STATICCALL POP
    0x80 MLOAD ${owner} EQ
    ${MAGIC} 0xe0 SHL MUL ${RETURN_WORD}`);

/** Says 1 to everything, which is not EIP-1271's magic value. */
export const yesSayer = assemble(`0x01 ${RETURN_WORD}`);

export const reverting = assemble('0x00 0x00 REVERT');

/** Runs until the gas is gone. */
export const endless = assemble('JUMPDEST 0x00 JUMP');

/** Answers `balanceOf(address)` and `ownerOf(uint256)` from the storage slot of that very number; reverts otherwise. */
export const tokens = assemble(`
  0x00 CALLDATALOAD 0xe0 SHR
  DUP1 ${selector('balanceOf(address)')} EQ
  SWAP1 ${selector('ownerOf(uint256)')} EQ OR
  PC 0x09 ADD JUMPI
  0x00 DUP1 REVERT
  JUMPDEST 0x04 CALLDATALOAD SLOAD ${RETURN_WORD}`);

/** Creation code that deploys the given code as it is. */
export const creationOf = (code: string): string =>
  concat([assemble(`${toBeHex(dataLength(code), 2)} DUP1 0x0c 0x00 CODECOPY 0x00 RETURN`), code]);

/** The deterministic deployment proxy found on most chains: CREATE2 with calldata of a 32-byte salt and creation code. */
export const FACTORY = {
  address: '0x4e59b44847b379578588920cA78FbF26c0B4956C',
  code: '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3',
};
