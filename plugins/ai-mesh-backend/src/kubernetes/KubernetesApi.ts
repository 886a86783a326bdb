import { inEnglish, wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { CustomErrorBase, stringifyError } from '@backstage/errors';

/**
 * Why a request to a cluster's API gave nothing. `gone`: the resource version or page is too old; `too-large`: there is more
 * of it than is read.
 */
export type KubernetesFailure =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'too-large'
  | 'unreachable';

/** A request to a cluster's API failed. What it says is for a person and holds no credential. */
export class KubernetesError extends CustomErrorBase {
  constructor(
    readonly failure: KubernetesFailure,
    /** Half a sentence; the message is the English of it. */
    readonly words: Words,
    /** The HTTP status, where there was an answer at all. */
    readonly status?: number,
  ) {
    super(inEnglish([words]));
  }
}

/** One line of a watch, not read yet: what the object is depends on the type. */
export interface WatchEvent {
  type: string;
  object: unknown;
}

/** One cluster's API, as JSON. */
export interface KubernetesApi {
  /**
   * @throws KubernetesError where there is no JSON; the reason of `signal` where that was aborted
   */
  get(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown>;

  /**
   * Opens a watch; it ends when the server ends it. Waiting for the first event, one may wait long.
   *
   * @throws KubernetesError where it cannot be opened or breaks; the reason of `signal` where that was aborted
   */
  watch(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncIterable<WatchEvent>;
}

/** What may be sent to a cluster's API; apart from {@link KubernetesApi}, because most of this code only reads. */
export interface KubernetesWriter {
  /**
   * Sends JSON with the content type that it is meant as: an API server takes a patch for another kind of patch by it.
   *
   * @returns the object as it is afterwards
   * @throws KubernetesError with the answer's status, or without where there was none; the reason of `signal` where
   * that was aborted
   */
  write(
    request: {
      method: 'POST' | 'PATCH';
      path: string;
      query?: Readonly<Record<string, string>>;
      contentType: 'application/json' | 'application/json-patch+json';
      body: unknown;
    },
    signal: AbortSignal,
  ): Promise<unknown>;
}

/** The error that a failed attempt is told by; a mistake of our own shows like a cluster that cannot be read. */
export function toKubernetesError(error: unknown): KubernetesError {
  return error instanceof KubernetesError
    ? error
    : new KubernetesError(
        'unreachable',
        wording('kube.unread', { error: stringifyError(error) }),
      );
}
