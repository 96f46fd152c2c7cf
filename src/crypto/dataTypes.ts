/** The one EIP-712 type that Push signs: `Data(string data)` (protocol 2.3). */
export const DATA_TYPES: Record<'Data', { name: string; type: string }[]> = {
  Data: [{ name: 'data', type: 'string' }],
};
