import { PushChatError } from '../errors.ts';
import type { MessageContent, PlainContent } from './messageContent.ts';
import type { Json } from './payload.ts';
import { isContentType } from './typedContent.ts';

/**
 * What this library asks of a schema: the interface that Zod, Valibot, ArkType and others share (Standard Schema 1). It
 * must answer at once.
 */
export interface StandardSchema<Value = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Value> | Promise<SchemaResult<Value>>;
    readonly types?: { readonly input: unknown; readonly output: Value } | undefined;
  };
}

export type SchemaResult<Value> =
  { readonly value: Value; readonly issues?: undefined } | { readonly issues: readonly { readonly message: string }[] };

/** A schema, or a function that gives the value or throws. */
export type ContentSchema<Value> = StandardSchema<Value> | ((value: unknown) => Value);

export interface ContentDefinition<Value> {
  /** Such as `org.example/deploy@1`. */
  readonly type: string;
  readonly schema: ContentSchema<Value>;
  /** What people read whose client does not know the type: every client shows it. */
  readonly fallback: (value: Value) => string;
}

/** A kind of message that software reads. */
export interface ContentType<Value> {
  readonly type: string;
  /**
   * A message of this type, to be sent like any other.
   * @throws {PushChatError} `PayloadMalformed` for a value that the schema refuses
   */
  readonly create: (value: Value) => PlainContent;
  /** The value of a message of this type, also where it is the answer in a reply; undefined for any other, or where the schema refuses it. */
  readonly read: (content: MessageContent) => Value | undefined;
}

/**
 * Defines a type of JSON message: a text for people, and a value for software that is checked when it is sent and again
 * when it is read.
 * @throws {PushChatError} `InvalidConfig` for a name that is no content type
 * @example
 * const deploy = defineContent({
 *   type: 'org.example/deploy@1',
 *   schema: z.object({ commit: z.string(), passed: z.boolean() }),
 *   fallback: ({ commit, passed }) => `${commit} ${passed ? 'is live' : 'failed'}`,
 * });
 */
export function defineContent<Value>({ type, schema, fallback }: ContentDefinition<Value>): ContentType<Value> {
  if (!isContentType(type)) {
    throw new PushChatError('InvalidConfig', `${type} is no content type: write it like org.example/deploy@1.`);
  }
  const parse =
    typeof schema === 'function' && !('~standard' in schema) ? schema : parserOf(schema as StandardSchema<Value>);
  return {
    type,
    create: (value) => {
      const parsed = checked(type, value, parse);
      return { type: 'Text', content: fallback(parsed), data: { type, value: parsed as Json } };
    },
    read: (content) => {
      const { data } = content.type === 'Reply' ? content.content : (content as PlainContent);
      if (data?.type !== type) return undefined;
      try {
        return parse(data.value);
      } catch {
        return undefined;
      }
    },
  };
}

function checked<Value>(type: string, value: Value, parse: (value: unknown) => Value): Value {
  try {
    return parse(value);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PushChatError('PayloadMalformed', `This is no ${type}: ${why}`, { cause });
  }
}

const parserOf =
  <Value>(schema: StandardSchema<Value>) =>
  (value: unknown): Value => {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise) {
      throw new PushChatError('InvalidConfig', 'The schema of a content type must answer at once, not by a promise.');
    }
    if (result.issues) throw new TypeError(result.issues.map(({ message }) => message).join('; '));
    return result.value;
  };
