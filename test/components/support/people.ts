import { parseDid } from '../../../src/protocol/did.ts';

/** The accounts of these tests. */
export const ME = parseDid('0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0');
export const MAYA = parseDid('0x8f3cf7ad23cd3cadbd9735aff958023239c6a063');
export const NORA = parseDid('0x71c7656ec7ab88b098defb751b7401b5f6d8976f');
export const RAVI = parseDid('0xa9b2c1d4e5f60718293a4b5c6d7e8f90112233f0');
