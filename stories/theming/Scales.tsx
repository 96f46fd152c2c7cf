import { useEffect, useRef, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { SCALE_CSS } from '../../src/components/theme/scale.ts';
import { Button } from '../../src/components/shared/Button.tsx';

/** Name and definition of every scale variable that starts so. */
const scale = (prefix: string): readonly (readonly [name: string, definition: string])[] =>
  [...SCALE_CSS.matchAll(/(--pc-[\w-]+): ([^;]+);/g)]
    .map(([, name = '', definition = '']) => [name, definition] as const)
    .filter(([name]) => name.startsWith(`--pc-${prefix}`));

/** Type, space, corners, measures and motion, as they are where the page stands. */
export function Scales(): ReactNode {
  return (
    <>
      <h2>Type</h2>
      <Rows
        names={scale('text-')}
        draw={(name) => (
          <Type style={{ fontSize: `var(${name})` }}>{name === '--pc-text-emoji' ? '🤝🎉' : 'Amazing, thank you'}</Type>
        )}
      />
      <h2>Space</h2>
      <Rows names={scale('space-')} draw={(name) => <Bar style={{ width: `var(${name})` }} />} />
      <h2>Corners</h2>
      <Rows
        names={[...scale('radius-'), ...scale('bubble-radius'), ...scale('composer-radius')]}
        draw={(name) => <Corner style={{ borderStartStartRadius: `var(${name})` }} />}
      />
      <h2>Measures</h2>
      <Rows
        names={[...scale('target'), ...scale('header-'), ...scale('list-row'), ...scale('bubble-max')]}
        draw={(name) => <Bar style={{ width: `min(100%, var(${name}))` }} />}
      />
      <h2>Shadows</h2>
      <Rows
        names={[1, 2].map((depth) => [`--pc-shadow-${depth}`, ''] as const)}
        draw={(name) => <Lifted style={{ boxShadow: `var(${name})` }} />}
      />
      <h2>Motion</h2>
      <Motion />
    </>
  );
}

interface RowsProps {
  readonly names: readonly (readonly [name: string, definition: string])[];
  readonly draw: (name: string) => ReactNode;
}

function Rows({ names, draw }: RowsProps): ReactNode {
  return (
    <List>
      {names.map(([name, definition]) => (
        <li key={name}>
          <span>
            <code>{name}</code>
            {definition && <Definition>{definition}</Definition>}
          </span>
          <Drawn>{draw(name)}</Drawn>
        </li>
      ))}
    </List>
  );
}

/** Nothing moves before it is asked to, and nothing at all for those who want no motion. */
function Motion(): ReactNode {
  const [moved, setMoved] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setMoved((before) => !before)}>
        Move
      </Button>
      <Rows
        names={[...scale('quick'), ...scale('slow')]}
        draw={(name) => (
          <Dot data-moved={moved} style={{ transition: `inset-inline-start var(${name}) var(--pc-ease)` }} />
        )}
      />
      <Rows
        names={scale('ease')}
        draw={(name) => <Dot data-moved={moved} style={{ transition: `inset-inline-start 800ms var(${name})` }} />}
      />
    </>
  );
}

/** The definition, and what it comes to here. */
function Definition({ children }: { readonly children: string }): ReactNode {
  const probe = useRef<HTMLElement>(null);
  const [length, setLength] = useState('');
  useEffect(() => {
    if (!probe.current || !children.startsWith('calc(')) return;
    setLength(`= ${Math.round(Number.parseFloat(getComputedStyle(probe.current).width) * 100) / 100} px`);
  }, [children]);
  return (
    <small>
      <bdi>{children}</bdi> {length}
      <Probe ref={probe} style={{ width: children }} />
    </small>
  );
}

const List = styled.ul`
  margin: 8px 0 0;
  padding: 0;
  list-style: none;
  font-size: var(--pc-text-sm);

  & li {
    display: grid;
    grid-template-columns: minmax(0, 300px) minmax(0, 1fr);
    gap: 4px 16px;
    align-items: center;
    padding: 8px 0;
    border-top: 1px solid var(--pc-color-line);
  }
  & small {
    display: block;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-xs);
  }
  @container (width < 560px) {
    & li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;

const Drawn = styled.div`
  position: relative;
  min-height: 20px;
`;

const Probe = styled.i`
  position: absolute;
  visibility: hidden;
`;

const Type = styled.span`
  line-height: 1.3;
  white-space: nowrap;
`;

const Bar = styled.div`
  height: 14px;
  border-radius: 3px;
  background: var(--pc-color-accent);
`;

const Corner = styled.div`
  width: 56px;
  height: 36px;
  border: 2px solid var(--pc-color-accent);
  border-inline-end-color: transparent;
  border-block-end-color: transparent;
`;

const Lifted = styled.div`
  width: 120px;
  height: 44px;
  margin: 8px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-raised);
`;

const Dot = styled.div`
  position: absolute;
  inset-inline-start: 0;
  top: 2px;
  width: 16px;
  height: 16px;
  border-radius: 50%;
  background: var(--pc-color-accent);

  &[data-moved='true'] {
    inset-inline-start: calc(100% - 16px);
  }
`;
