import { verbatim } from '../../worded';
import { KubernetesApi, KubernetesError, WatchEvent } from '../KubernetesApi';

type Answer = unknown | KubernetesError;

/** A cluster's API of answers by path, for what a real one does not do on demand. */
export class StubApi implements KubernetesApi {
  readonly requests: { path: string; query: Record<string, string> }[] = [];
  readonly #answers: Record<
    string,
    Answer | ((query: Record<string, string>) => Answer)
  >;
  readonly #watch: (
    path: string,
    signal: AbortSignal,
  ) => AsyncIterable<WatchEvent>;

  constructor(
    answers: Record<
      string,
      Answer | ((query: Record<string, string>) => Answer)
    >,
    watch: (
      path: string,
      signal: AbortSignal,
    ) => AsyncIterable<WatchEvent> = openForEver,
  ) {
    this.#answers = answers;
    this.#watch = watch;
  }

  async get(path: string, query: Record<string, string>): Promise<unknown> {
    this.requests.push({ path, query });
    const given = this.#answers[path];
    const answer = typeof given === 'function' ? given(query) : given;
    if (answer === undefined) {
      throw new KubernetesError('not-found', verbatim('not found'), 404);
    }
    if (answer instanceof KubernetesError) {
      throw answer;
    }
    return answer;
  }

  watch(path: string, query: Record<string, string>, signal: AbortSignal) {
    this.requests.push({ path, query: { ...query, watch: 'true' } });
    return this.#watch(path, signal);
  }
}

/** A watch in which nothing happens. */
async function* openForEver(
  _: string,
  signal: AbortSignal,
): AsyncIterable<WatchEvent> {
  await new Promise((__, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

/** Discovery's answers for groups and versions with their resources: `{ 'apps/v1': ['deployments'] }`. */
export function discoveryOf(
  served: Record<string, readonly string[]>,
): Record<string, unknown> {
  const groups = new Map<string, { version: string }[]>();
  const answers: Record<string, unknown> = {};
  for (const [groupVersion, resources] of Object.entries(served)) {
    const [group, version] = groupVersion.split('/');
    const list = { resources: resources.map(name => ({ name })) };
    if (version === undefined) {
      answers[`/api/${groupVersion}`] = list;
    } else {
      groups.set(group, [...(groups.get(group) ?? []), { version }]);
      answers[`/apis/${groupVersion}`] = list;
    }
  }
  answers['/apis'] = {
    groups: Array.from(groups, ([name, versions]) => ({ name, versions })),
  };
  return answers;
}
