import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PushChatError } from '../../errors.ts';

interface Option {
  readonly kind: 'text' | 'number' | 'choice' | 'switch' | 'list';
  /** What stands for its value in the help. */
  readonly hint?: string;
  readonly about: string;
  readonly choices?: readonly string[];
  readonly most?: number;
}

/** Everything that can be set: `--port`, `PUSH_NODE_PORT`, or `port` in the file that `--config` names. */
const OPTIONS = {
  port: { kind: 'number', hint: 'N', most: 65_535, about: 'port to listen on, 0 for any; also PORT (default 4000)' },
  host: { kind: 'text', hint: 'ADDR', about: 'address to listen on (default: this machine alone)' },
  data: { kind: 'text', hint: 'DIR', about: 'folder to keep everything in (default push-node-data)' },
  memory: { kind: 'switch', about: 'keep everything in memory and forget it at the end' },
  database: { kind: 'text', hint: 'URL', about: 'keep everything in PostgreSQL, shared by any number of processes' },
  'max-size': { kind: 'number', hint: 'MB', about: 'what the data folder may grow to; writes beyond it are refused' },
  peer: {
    kind: 'list',
    hint: 'URL',
    about: 'another node to follow, so that its users and ours can chat; may be repeated',
  },
  'peer-secret': { kind: 'text', hint: 'TEXT', about: 'what nodes tell each other before they may read a journal' },
  chain: {
    kind: 'list',
    hint: 'ID=URL',
    about: 'a blockchain to ask about contract wallets and tokens; may be repeated',
  },
  ipfs: { kind: 'text', hint: 'URL', about: 'RPC of an IPFS node (Kubo) that every block is put to and pinned on' },
  auth: {
    kind: 'choice',
    choices: ['optional', 'required'],
    about: 'whether reading needs a proof (default optional)',
  },
  limits: { kind: 'choice', choices: ['on', 'off'], about: 'limits by address, account and pair (default on)' },
  'trust-proxy': { kind: 'switch', about: 'take callers’ addresses from X-Forwarded-For' },
  'vapid-public-key': { kind: 'text', hint: 'KEY', about: 'of the keys for Web Push that `vapid-keys` makes' },
  'vapid-private-key': { kind: 'text', hint: 'KEY', about: 'the other one; better in the environment or the file' },
  'vapid-subject': { kind: 'text', hint: 'ADDR', about: 'mailto: or https: address for push services to write to' },
  'push-host': {
    kind: 'list',
    hint: 'HOST',
    about: 'a push service beside those of the known browsers; may be repeated',
  },
  metrics: { kind: 'choice', choices: ['on', 'off'], about: 'serve /metrics for Prometheus (default off)' },
  log: { kind: 'choice', choices: ['all', 'warn', 'off'], about: 'lines of JSON on standard error (default warn)' },
  config: { kind: 'text', hint: 'FILE', about: 'a JSON file with any of these' },
  help: { kind: 'switch', about: 'this text' },
} as const satisfies Record<string, Option>;

type Name = keyof typeof OPTIONS;

type Value<Of extends Option> = Of extends { kind: 'number' }
  ? number
  : Of extends { kind: 'switch' }
    ? boolean
    : Of extends { kind: 'list' }
      ? readonly string[]
      : Of extends { choices: readonly (infer Choice)[] }
        ? Choice
        : string;

export type Options = { readonly [Key in Name]?: Value<(typeof OPTIONS)[Key]> };

export interface CommandLine {
  /** Words that are no options: the command and what it is about. */
  readonly words: readonly string[];
  readonly options: Options;
}

/**
 * What was asked for: flags count before the environment, and that before the file.
 * @throws {PushChatError} `InvalidConfig` with a sentence that names the option
 */
export function readCommandLine(argv: readonly string[], environment: NodeJS.ProcessEnv): CommandLine {
  const { words, flags } = readFlags(argv);
  const fromEnvironment = Object.fromEntries(
    names().flatMap((name) => {
      const value = environment[variableOf(name)] ?? (name === 'port' ? environment['PORT'] : undefined);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const file = flags['config'] ?? fromEnvironment['config'];
  const given = { ...(typeof file === 'string' && readFile(file)), ...fromEnvironment, ...flags };
  const options = Object.entries(given).map(([name, value]) => [name, checked(name as Name, value)]);
  return { words, options: Object.fromEntries(options) as Options };
}

export const help = (): string =>
  names()
    .map((name) => {
      const option: Option = OPTIONS[name];
      const hint = option.hint ?? option.choices?.join('|') ?? '';
      return `  ${`--${name} ${hint}`.padEnd(28)} ${option.about}`;
    })
    .join('\n');

const names = (): Name[] => Object.keys(OPTIONS) as Name[];
const variableOf = (name: string): string => `PUSH_NODE_${name.toUpperCase().replaceAll('-', '_')}`;

function readFlags(argv: readonly string[]): { words: readonly string[]; flags: Record<string, unknown> } {
  const shapes = names().map((name) => {
    const { kind }: Option = OPTIONS[name];
    return [name, { type: kind === 'switch' ? 'boolean' : 'string', multiple: kind === 'list' }] as const;
  });
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: Object.fromEntries(shapes),
    });
    return { words: positionals, flags: { ...values } };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'This cannot be read.';
    throw new PushChatError('InvalidConfig', reason, { cause });
  }
}

function readFile(path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new PushChatError('InvalidConfig', `${path} cannot be read as JSON.`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PushChatError('InvalidConfig', `${path} must hold one object of options.`);
  }
  const unknown = Object.keys(value).find((key) => !(key in OPTIONS));
  if (unknown !== undefined) throw new PushChatError('InvalidConfig', `${path} has the unknown option "${unknown}".`);
  return { ...value };
}

function checked(name: Name, value: unknown): unknown {
  const option: Option = OPTIONS[name];
  const wrong = (must: string): PushChatError => new PushChatError('InvalidConfig', `--${name} must be ${must}.`);
  switch (option.kind) {
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      const most = option.most ?? Number.MAX_SAFE_INTEGER;
      if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > most) {
        throw wrong(`a whole number from 0 to ${most}`);
      }
      return number;
    }
    case 'switch':
      if (typeof value === 'boolean') return value;
      if (value !== 'true' && value !== 'false') throw wrong('true or false');
      return value === 'true';
    case 'choice':
      if (!option.choices?.includes(value as string)) throw wrong(option.choices?.join(' or ') ?? '');
      return value;
    case 'list': {
      const list = typeof value === 'string' ? value.split(',').filter(Boolean) : value;
      if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) throw wrong('texts');
      return list;
    }
    case 'text':
      if (typeof value !== 'string' || value === '') throw wrong('a text');
      return value;
  }
}
