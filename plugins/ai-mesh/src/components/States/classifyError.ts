import {
  manyWordsSchema,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ResponseError } from '@backstage/errors';

/** What kind of failure kept an answer away; each calls for something else to do. */
export type Failure =
  | 'forbidden'
  | 'signedOut'
  | 'backendMissing'
  | 'entityMissing'
  | 'noComponents'
  | 'badAnnotation'
  | 'badAnswer'
  | 'tooMany'
  | 'badSettings'
  | 'backendUnreachable'
  | 'codeMissing';

const NOT_FOUND: Partial<Record<string, Failure>> = {
  NotFoundError: 'entityMissing',
  NoComponentsError: 'noComponents',
};

/** Tells failures apart by what the client threw. */
export function classifyError(error: Error): Failure {
  if (error.name === 'ZodError') {
    return 'badAnswer';
  }
  // A bundler's own error, of a part of the page that is not there (any more).
  if (error.name === 'ChunkLoadError') {
    return 'codeMissing';
  }
  if (!(error instanceof ResponseError)) {
    return 'backendUnreachable';
  }
  switch (error.statusCode) {
    case 400:
      return 'badAnnotation';
    case 401:
      return 'signedOut';
    case 403:
      return 'forbidden';
    case 404:
      // A portal without the plugin answers 404 too, but nobody there names the error.
      return NOT_FOUND[error.cause.name] ?? 'backendMissing';
    case 429:
      return 'tooMany';
    case 503:
      return error.cause.name === 'SettingsError'
        ? 'badSettings'
        : 'backendUnreachable';
    default:
      return 'backendUnreachable';
  }
}

/**
 * What the backend said to a person (the client makes it the error's message), where it said anything. Of an answer that
 * is none, and of a connection that failed, there is nothing but what a library or the browser says.
 */
export function saidBy(error: Error): Sentences | undefined {
  if (error instanceof ResponseError) {
    const { words } = error.body.error as { words?: unknown };
    const { data } = manyWordsSchema.safeParse(words);
    return { message: error.message, ...(data && { words: data }) };
  }
  return ['ZodError', 'TypeError', 'ChunkLoadError'].includes(error.name)
    ? undefined
    : { message: error.message };
}
