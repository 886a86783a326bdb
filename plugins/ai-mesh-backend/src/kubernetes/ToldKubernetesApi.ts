import {
  sourceExchanges,
  type SourceExchange,
} from '../target/sourceExchanges';
import {
  KubernetesError,
  type KubernetesApi,
  type KubernetesWriter,
  type WatchEvent,
} from './KubernetesApi';

/** An object or a page that is not there any more, and one that somebody else has changed, are answers like others. */
const USUAL_STATUSES: ReadonlySet<number | undefined> = new Set([
  404, 409, 410, 422,
]);

/**
 * A cluster's API, of which every question and every change is told to whoever measures. Of watches, which last, those are
 * told that end before they have given anything.
 */
export class ToldKubernetesApi implements KubernetesApi, KubernetesWriter {
  constructor(
    private readonly cluster: string,
    private readonly api: KubernetesApi & KubernetesWriter,
  ) {}

  async get(
    ...[path, query, signal]: Parameters<KubernetesApi['get']>
  ): Promise<unknown> {
    return this.#told(signal, () => this.api.get(path, query, signal));
  }

  async write(
    ...[request, signal]: Parameters<KubernetesWriter['write']>
  ): Promise<unknown> {
    return this.#told(signal, () => this.api.write(request, signal));
  }

  async *watch(
    ...[path, query, signal]: Parameters<KubernetesApi['watch']>
  ): AsyncIterable<WatchEvent> {
    const began = performance.now();
    let hasGiven = false;
    try {
      for await (const event of this.api.watch(path, query, signal)) {
        hasGiven = true;
        yield event;
      }
    } catch (error) {
      if (!hasGiven && !signal.aborted) {
        this.#tell(outcomeOf(error), began);
      }
      throw error;
    }
  }

  async #told<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const answer = await ask();
      this.#tell('ok', began);
      return answer;
    } catch (error) {
      if (!signal.aborted) {
        this.#tell(outcomeOf(error), began);
      }
      throw error;
    }
  }

  #tell(outcome: SourceExchange['outcome'], began: number): void {
    sourceExchanges.publish({
      source: 'kubernetes',
      cluster: this.cluster,
      outcome,
      seconds: (performance.now() - began) / 1000,
    } satisfies SourceExchange);
  }
}

function outcomeOf(error: unknown): SourceExchange['outcome'] {
  const status = error instanceof KubernetesError ? error.status : undefined;
  if (USUAL_STATUSES.has(status)) {
    return 'ok';
  }
  return status === undefined ? 'failed' : 'refused';
}
