import { ChatWindow, NamesProvider, type Names } from '../../src/exports/index.ts';

/** With ENS these are `provider.lookupAddress` and `provider.resolveName`. A name counts if it leads back. */
const names: Names = {
  nameOf: () => Promise.resolve('bob.example'),
  addressOf: () => Promise.resolve('0xEf2f099AF274385Fce65f6591063db558104da5f'),
};

export function NamedChat({ peer }: { readonly peer: string }) {
  return (
    <NamesProvider names={names}>
      <div style={{ height: 480 }}>
        <ChatWindow peer={peer} />
      </div>
    </NamesProvider>
  );
}
