import { ArgTypes, Description, Primary, Stories, Subtitle, Title, useOf } from '@storybook/addon-docs/blocks';
import type { ReactNode } from 'react';

/** What a component is, an example with its source, its props; its other states too, unless each needs a node and wallets. */
export function DocsPage(): ReactNode {
  const { preparedMeta } = useOf('meta', ['meta']);
  return (
    <>
      <Title />
      <Subtitle />
      <Description />
      <Primary />
      {preparedMeta.component && <ArgTypes />}
      {preparedMeta.parameters['everyStory'] === true && <Stories includePrimary={false} />}
    </>
  );
}
