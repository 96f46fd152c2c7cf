import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Did } from '../../protocol/did.ts';
import { useNames } from '../people/NamesProvider.tsx';
import { useAccount } from '../people/useAccount.ts';
import { useFindAccount, type FoundAccount } from '../people/useFindAccount.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Button } from '../shared/Button.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { LookalikeNote } from '../shared/LookalikeNote.tsx';
import { TextField } from '../shared/TextField.tsx';
import { useText } from '../text/useText.ts';
import { useLateText } from '../text/useLateText.ts';

export interface AccountsFieldProps {
  readonly accounts: readonly Did[];
  readonly setAccounts: (accounts: readonly Did[]) => void;
}

/** Chooses accounts, each by its address, or by a name where the host can look it up. */
export function AccountsField({ accounts, setAccounts }: AccountsFieldProps): ReactNode {
  const { t } = useText();
  const late = useLateText();
  const names = useNames();
  const find = useFindAccount();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Extract<FoundAccount, { problem: string }>['problem']>();
  const add = async (): Promise<void> => {
    setBusy(true);
    const found = await find(text);
    setBusy(false);
    if ('problem' in found) {
      setProblem(found.problem);
      return;
    }
    setText('');
    if (!accounts.includes(found.did)) setAccounts([...accounts, found.did]);
  };
  const addByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || text.trim() === '') return;
    // The form around it is sent by its own button.
    event.preventDefault();
    void add();
  };
  return (
    <Root>
      <Line>
        <TextField
          ref={field}
          icon="search"
          label={t(names?.addressOf ? 'new.label.names' : 'new.label')}
          value={text}
          dir="ltr"
          aria-invalid={problem !== undefined}
          aria-describedby={id}
          onKeyDown={addByKey}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(undefined);
          }}
        />
        <Button busy={busy} disabled={text.trim() === ''} onClick={() => void add()}>
          {late('group.add')}
        </Button>
      </Line>
      <div id={id} role="status">
        {problem && <Problem>{t(`new.${problem}`)}</Problem>}
      </div>
      {accounts.length > 0 && (
        <ul aria-label={late('group.chosen')}>
          {accounts.map((did) => (
            <Chosen
              key={did}
              did={did}
              remove={() => {
                setAccounts(accounts.filter((each) => each !== did));
                // What was pressed is gone, and the focus with it.
                field.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
    </Root>
  );
}

function Chosen({ did, remove }: { readonly did: Did; readonly remove: () => void }): ReactNode {
  const { name, picture } = useAccount(did);
  const t = useLateText();
  return (
    <li>
      <Avatar did={did} picture={picture} size={32} />
      <div>
        <b>
          <bdi>{name}</bdi>
        </b>
        <code>{did.slice('eip155:'.length)}</code>
        <LookalikeNote did={did} />
      </div>
      <IconButton icon="close" label={t('attach.remove', { name })} onClick={remove} />
    </li>
  );
}

const Root = styled.div`
  display: grid;
  gap: 6px;

  & > ul {
    display: grid;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  & > ul > li {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  & > ul > li > div {
    flex: 1;
    min-width: 0;
  }
  & b {
    display: block;
    color: var(--pc-color-text);
    font-size: var(--pc-text-base);
    font-weight: 570;
    overflow-wrap: anywhere;
  }
  /* Whole, so that it can be compared. */
  & code {
    display: block;
    color: var(--pc-color-text-muted);
    font: 400 var(--pc-text-xs) / 16px var(--pc-font-mono);
    overflow-wrap: anywhere;
  }
`;

const Line = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  align-items: center;
  gap: 8px;
`;

const Problem = styled.p`
  margin: 0;
  color: var(--pc-color-danger);
  font-size: var(--pc-text-sm);
`;
