// Runs a programme of bench/ from its source: node scripts/bench.mjs load --messages 2000
import './stopWithParent.mjs';
import { importSource } from './importSource.mjs';

const [name, ...args] = process.argv.slice(2);
const { main } = await importSource(`bench/${name}.ts`);
process.exitCode = await main(args);
