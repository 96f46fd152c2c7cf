import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { createTheme, cssVariables, type ColorTokens, type ThemeOptions } from '../../src/exports/theme.ts';
import { CONTRAST_PAIRS, formatRatio, gradePair } from './contrastPairs.ts';
import { Scales } from './Scales.tsx';

/** Every colour by name, and the scales drawn, of one theme. */
export function TokenPage({ theme }: { readonly theme: ThemeOptions }): ReactNode {
  const both = [createTheme('light', theme), createTheme('dark', theme)] as const;
  return (
    <Page>
      <h1>Tokens</h1>
      <p>
        Components draw with these and nothing else. A host sets them with <code>theme</code>, or by their CSS variable
        in a rule for <code>[data-pc-root]</code>.
      </p>
      <h2>Colours</h2>
      <Colors>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Light</th>
            <th scope="col">Dark</th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(both[0].colors) as (keyof ColorTokens)[]).map((name) => (
            <tr key={name}>
              <th scope="row">
                <b>{name}</b>
                <code>{variableOf(name)}</code>
              </th>
              {both.map(({ scheme, colors }) => (
                <Value key={scheme} name={name} colors={colors} />
              ))}
            </tr>
          ))}
        </tbody>
      </Colors>
      <Scales />
    </Page>
  );
}

const VARIABLES = Object.keys(cssVariables(createTheme('light')));

/** The name that the library itself gives it. */
const variableOf = (name: string): string =>
  VARIABLES.find((variable) => variable.replaceAll('-', '') === `pccolor${name.toLowerCase()}`) ?? '';

interface ValueProps {
  readonly name: keyof ColorTokens;
  readonly colors: ColorTokens;
}

/** One value, and how it reads on what the components put it on. */
function Value({ name, colors }: ValueProps): ReactNode {
  const pairs = CONTRAST_PAIRS.filter(({ front }) => front === name);
  return (
    <td>
      <i style={{ background: colors[name] }} />
      <div>
        <code>{colors[name]}</code>
        {pairs.map((pair) => {
          const { ratio, ok } = gradePair(colors, pair);
          return (
            <small key={pair.what} data-ok={ok}>
              {formatRatio(ratio)} on {pair.ground}
            </small>
          );
        })}
      </div>
    </td>
  );
}

const Page = styled.main`
  box-sizing: border-box;
  container-type: inline-size;
  max-width: 860px;
  margin: 0 auto;
  padding: 28px 20px 60px;

  & h1 {
    margin: 0;
    font-size: var(--pc-text-xl);
    letter-spacing: -0.02em;
  }
  & h2 {
    margin: 36px 0 10px;
    font-size: var(--pc-text-lg);
    letter-spacing: -0.01em;
  }
  & p {
    margin: 4px 0 0;
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-base);
    text-wrap: pretty;
  }
  & code {
    font-family: var(--pc-font-mono);
    font-size: 0.92em;
  }
`;

const Colors = styled.table`
  width: 100%;
  border-collapse: collapse;
  font-size: var(--pc-text-sm);

  & th,
  & td {
    padding: 9px 10px 9px 0;
    border-top: 1px solid var(--pc-color-line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  & thead th {
    border: 0;
    color: var(--pc-color-text-muted);
  }
  & th code,
  & b,
  & small {
    display: block;
  }
  & b {
    font-weight: 600;
  }
  & th code,
  & small {
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-xs);
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  & [data-ok='false'] {
    color: var(--pc-color-danger);
  }
  & i {
    float: inline-start;
    width: 40px;
    height: 40px;
    margin-inline-end: 10px;
    border-radius: 10px;
    box-shadow: inset 0 0 0 1px rgb(127 127 127 / 0.35);
  }
  & td > div {
    overflow: hidden;
  }
  @container (width < 560px) {
    & i {
      float: none;
      display: block;
      margin-bottom: 4px;
    }
  }
`;
