// Runs the Push Node from its sources: npm run node -- --port 4000 --data DIR | --memory
import './stopWithParent.mjs';
import { importSource } from './importSource.mjs';

const { main } = await importSource('src/node/pushNodeCli.ts');
process.exitCode = await main(process.argv.slice(2));
