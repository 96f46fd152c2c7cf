import Module from 'node:module';

type ResolveFilename = (request: string, ...rest: unknown[]) => string;

// Packages under test load React by `require`, past Vite's aliases; they too must get React 18.
const loader = Module as unknown as { _resolveFilename: ResolveFilename };
const resolve = loader._resolveFilename;
loader._resolveFilename = (request, ...rest) => resolve(request.replace(/^react(-dom)?(?=\/|$)/, 'react$118'), ...rest);
