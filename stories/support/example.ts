interface SourceParameters {
  readonly docs: { readonly source: { readonly language: 'tsx'; readonly code: string } };
}

/**
 * Shows the file of an example, as a host would have it, under its story.
 * @param source of a file in `stories/examples`, which is compiled and run like any other
 */
export const shownSource = (source: string): SourceParameters => ({
  docs: {
    source: {
      language: 'tsx',
      code: source
        .replaceAll('../../src/exports/index.ts', 'push-chat-kit')
        .replace(/\.\.\/\.\.\/src\/exports\/([\w/]+)\.ts/g, 'push-chat-kit/$1'),
    },
  },
});
