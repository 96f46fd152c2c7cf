import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { GroupActOptions } from '../../client/groups/postAct.ts';
import type { PushChatError } from '../../errors.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useText } from '../text/useText.ts';
import { useLateText } from '../text/useLateText.ts';
import { ConcernList } from './MembersGate.tsx';

export interface ConfirmProps {
  /** What is done, on the button that asks and on the one that does. */
  readonly label: string;
  /** What follows from it. */
  readonly text: ReactNode;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly error: PushChatError | null;
  /** Resolves to whether it was done. */
  readonly run: (options?: GroupActOptions) => Promise<boolean>;
}

/** A button whose command is asked for twice; and a third time about those who would read what follows, by name. */
export function Confirm({ label, danger = false, ...question }: ConfirmProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const start = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  useEffect(() => {
    // Whoever answered is back where they came from.
    if (wasAsking.current && !asking) start.current?.focus();
    wasAsking.current = asking;
  }, [asking]);
  if (asking) return <Question label={label} danger={danger} {...question} close={() => setAsking(false)} />;
  return (
    <Start>
      <Button ref={start} size="small" onClick={() => setAsking(true)}>
        {label}
      </Button>
    </Start>
  );
}

export interface QuestionProps extends ConfirmProps {
  readonly close: () => void;
}

/** The question alone. */
export function Question({ label, text, danger = false, busy, error, run, close }: QuestionProps): ReactNode {
  const { t } = useText();
  const late = useLateText();
  const id = useId();
  const concerns = error?.concerns;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // What asked for it is gone, and the focus with it.
    first.current?.focus();
  }, []);
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // The panel around it stays.
    event.preventDefault();
    close();
  };
  const perform = async (): Promise<void> => {
    if (await run(concerns && { acceptMembers: concerns.map(({ name }) => name) })) close();
  };
  return (
    <Asked role="group" aria-label={label} aria-describedby={id} onKeyDown={closeByKey}>
      {concerns ? (
        <div id={id} role="alert">
          <b>{late('concern.title')}</b>
          <ConcernList concerns={concerns} />
        </div>
      ) : (
        <p id={id}>{text}</p>
      )}
      {error && !concerns && <ErrorNote error={error} />}
      <Row>
        <Button
          tone={danger ? 'danger' : 'primary'}
          size="small"
          busy={busy}
          ref={first}
          onClick={() => void perform()}
        >
          {concerns ? late('concern.goOn') : label}
        </Button>
        <Button size="small" onClick={close}>
          {t('action.cancel')}
        </Button>
      </Row>
    </Asked>
  );
}

const Start = styled.div`
  display: flex;
`;

const Asked = styled.div`
  flex: 1 1 100%;
  display: grid;
  gap: 10px;
  padding: 12px 14px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & b {
    color: var(--pc-color-text);
    font-weight: 600;
  }
  & p {
    margin: 0;
  }
`;

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
`;
