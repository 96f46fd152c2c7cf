// Where names, previews and rows are drawn from; clients and workers have their lines from the same.
export { plainLine } from '../../protocol/plainLine.ts';
