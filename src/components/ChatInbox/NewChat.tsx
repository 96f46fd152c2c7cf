import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { styled } from 'styled-components';
import type { Did } from '../../protocol/did.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Button } from '../shared/Button.tsx';
import { LookalikeNote } from '../shared/LookalikeNote.tsx';
import { TextField } from '../shared/TextField.tsx';
import { useText } from '../text/useText.ts';
import { useNames } from '../people/NamesProvider.tsx';
import { useFindAccount, type FoundAccount } from '../people/useFindAccount.ts';
import { SidePanel } from './SidePanel.tsx';

export interface NewChatProps {
  readonly open: (peer: Did) => void;
  readonly close: () => void;
}

/** Starts a chat with an address, or with a name where the host can look it up. */
export function NewChat({ open, close }: NewChatProps): ReactNode {
  const { t } = useText();
  const names = useNames();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<FoundAccount | null>(null);
  const look = useFindAccount();
  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (found && 'did' in found) {
      open(found.did);
      return;
    }
    setBusy(true);
    setFound(await look(text));
    setBusy(false);
  };

  return (
    <SidePanel title={t('new.title')} close={close}>
      <p>{t(names?.addressOf ? 'new.text.names' : 'new.text')}</p>
      <Form onSubmit={(event) => void submit(event)}>
        <TextField
          icon="search"
          label={t(names?.addressOf ? 'new.label.names' : 'new.label')}
          value={text}
          dir="ltr"
          aria-invalid={found !== null && 'problem' in found}
          onChange={(event) => {
            setText(event.target.value);
            setFound(null);
          }}
        />
        <div role="status">
          {found && 'problem' in found && <Problem>{t(`new.${found.problem}`)}</Problem>}
          {found && 'did' in found && (
            <>
              <Person>
                <Avatar did={found.did} size={44} />
                <code>{found.did.slice('eip155:'.length)}</code>
              </Person>
              <LookalikeNote did={found.did} />
            </>
          )}
        </div>
        <Button type="submit" tone="primary" size="large" busy={busy} disabled={text.trim() === ''}>
          {t(found && 'did' in found ? 'new.open' : 'new.look')}
        </Button>
      </Form>
    </SidePanel>
  );
}

const Form = styled.form`
  display: grid;
  gap: 12px;
  margin: 0;
`;

const Problem = styled.p`
  margin: 0;
  color: var(--pc-color-danger);
`;

const Person = styled.div`
  display: flex;
  align-items: center;
  gap: 12px;

  /* Whole, so that it can be compared. */
  & > code {
    color: var(--pc-color-text);
    font: 400 var(--pc-text-sm) / 18px var(--pc-font-mono);
    overflow-wrap: anywhere;
  }
`;
