// Importing an entry does nothing and needs no page.
const names = new Set(Object.getOwnPropertyNames(globalThis));
for (const entry of process.argv.slice(2)) {
  if (Object.keys(await import(entry)).length === 0) throw new Error(`${entry} exports nothing`);
  const added = Object.getOwnPropertyNames(globalThis).filter((name) => !names.has(name));
  if (added.length > 0) throw new Error(`${entry} adds ${added.join(', ')} to every page`);
}
