// Importing an entry does nothing and needs no page.
const names = new Set(Object.getOwnPropertyNames(globalThis));
for (const entry of process.argv.slice(2)) {
  if (Object.keys(require(entry)).length === 0) throw new Error(`${entry} exports nothing`);
  const added = Object.getOwnPropertyNames(globalThis).filter(
    // These are tslib's, which ethers brings where it is required.
    (name) => !names.has(name) && !name.startsWith('__'),
  );
  if (added.length > 0) throw new Error(`${entry} adds ${added.join(', ')} to every page`);
}
