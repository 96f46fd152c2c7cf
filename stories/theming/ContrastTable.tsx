import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { createTheme, type ThemeOptions } from '../../src/exports/theme.ts';
import { CONTRAST_PAIRS, formatRatio, gradePair, type ContrastPair } from './contrastPairs.ts';

/** How well everything that is read can be read, by day and by night. */
export function ContrastTable({ theme }: { readonly theme: ThemeOptions }): ReactNode {
  const both = [createTheme('light', theme), createTheme('dark', theme)] as const;
  const failing = CONTRAST_PAIRS.flatMap((pair) => both.filter(({ colors }) => !gradePair(colors, pair).ok)).length;
  return (
    <Table>
      <caption>
        Contrast{' '}
        <span data-ok={failing === 0} role="status">
          {failing === 0 ? 'AA everywhere' : `${failing} below AA`}
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Pair</th>
          <th scope="col">Light</th>
          <th scope="col">Dark</th>
        </tr>
      </thead>
      <tbody>
        {CONTRAST_PAIRS.map((pair) => (
          <tr key={pair.what}>
            <th scope="row">{pair.what}</th>
            {both.map(({ scheme, colors }) => (
              <Ratio key={scheme} pair={pair} colors={colors} />
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

interface RatioProps {
  readonly pair: ContrastPair;
  readonly colors: Parameters<typeof gradePair>[0];
}

function Ratio({ pair, colors }: RatioProps): ReactNode {
  const { ratio, ok } = gradePair(colors, pair);
  return (
    <td data-ok={ok}>
      <Sample pair={pair} colors={colors} />
      <bdi>{formatRatio(ratio)}</bdi>
      {!ok && ` < ${pair.least}`}
    </td>
  );
}

/** Text as text; an edge as an edge. */
function Sample({ pair, colors }: RatioProps): ReactNode {
  const [color, background] = [colors[pair.front], colors[pair.ground]];
  return pair.least === 3 ? (
    <i style={{ background, boxShadow: `inset 0 0 0 2px ${color}` }} />
  ) : (
    <i aria-hidden="true" style={{ color, background }}>
      Aa
    </i>
  );
}

const Table = styled.table`
  width: 100%;
  border-collapse: collapse;
  font-size: var(--pc-text-sm);

  & caption {
    padding-bottom: 8px;
    font-size: var(--pc-text-md);
    font-weight: 600;
    text-align: start;
  }
  & caption span {
    margin-inline-start: 6px;
    padding: 2px 8px;
    border-radius: 10px;
    background: var(--pc-color-verified-soft);
    color: var(--pc-color-verified);
    font-size: var(--pc-text-xs);
  }
  & caption [data-ok='false'] {
    background: var(--pc-color-danger-soft);
    color: var(--pc-color-danger);
  }
  & th,
  & td {
    padding: 5px 8px 5px 0;
    border-top: 1px solid var(--pc-color-line);
    font-weight: 400;
    text-align: start;
  }
  & td {
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  & thead th {
    border: 0;
    color: var(--pc-color-text-muted);
  }
  & td[data-ok='false'] {
    color: var(--pc-color-danger);
    font-weight: 600;
  }
  & i {
    display: inline-block;
    width: 28px;
    height: 20px;
    margin-inline-end: 8px;
    vertical-align: middle;
    border-radius: 5px;
    box-shadow: inset 0 0 0 1px var(--pc-color-line);
    font-style: normal;
    font-weight: 600;
    line-height: 20px;
    text-align: center;
  }
`;
