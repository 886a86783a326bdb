import { z } from 'zod';
import { placeInAnswer } from '../target/placeInAnswer';
import { SourceError } from '../target/SourceError';
import type {
  KialiClient,
  KialiServiceHealth,
  KialiValidation,
  KialiValidations,
} from './KialiClient';
import type { KialiGraph } from './KialiGraph';
import { KialiHttp, type KialiHttpOptions } from './KialiHttp';
import { KialiSession } from './KialiSession';
import { parseGraph } from './parseGraph';
import { parseClusterHealth, parseNamespaceHealth } from './parseHealth';
import { parseValidations } from './parseValidations';
import { ValidationsCache } from './ValidationsCache';
import { within } from '../within';
import { wordingWith } from '../worded';

/** The kinds that route requests, as 2.0 and later name them, and as earlier versions do. */
const KINDS = [
  ['networking.istio.io/v1, Kind=VirtualService', 'virtualservices'],
  ['networking.istio.io/v1, Kind=DestinationRule', 'destinationrules'],
  ['networking.istio.io/v1, Kind=ServiceEntry', 'serviceentries'],
  ['gateway.networking.k8s.io/v1, Kind=HTTPRoute', 'k8shttproutes'],
  ['gateway.networking.k8s.io/v1, Kind=GRPCRoute', 'k8sgrpcroutes'],
] as const;

/** What Kiali adds to a graph beyond who calls whom. */
const APPENDERS = 'responseTime,securityPolicy,serviceEntry,throughput';

/**
 * Kiali's HTTP API, from 1.x to the newest. Sends only documented parameters, because versions from 2.31 on refuse
 * others. Every method throws `SourceError` when there is no usable answer, and answers within the time-out, however many
 * requests it takes to sign in and to ask.
 */
export class HttpKialiClient implements KialiClient {
  readonly #http: KialiHttp;
  readonly #session: KialiSession;
  readonly #validations: ValidationsCache;

  /** @param options - `validationsFreshMs`: how long its checks of objects are not asked for again; 30 s */
  constructor(options: KialiHttpOptions & { validationsFreshMs?: number }) {
    this.#http = new KialiHttp(options);
    this.#session = new KialiSession(this.#http);
    this.#validations = new ValidationsCache(() => this.#allValidations(), {
      freshMs: options.validationsFreshMs ?? 30_000,
      usableMs: 120_000,
    });
  }

  /** As Kiali writes it: `v2.11.0`; empty where it does not say. */
  async version(): Promise<string> {
    return (await this.#inTime(this.#session.version())).text;
  }

  async health(namespaces: string[]): Promise<KialiServiceHealth[]> {
    return this.#inTime(this.#health(namespaces));
  }

  async #health(namespaces: string[]): Promise<KialiServiceHealth[]> {
    const version = await this.#session.version();
    const wanted = (all: KialiServiceHealth[]) =>
      all.filter(({ namespace }) => namespaces.includes(namespace));
    if (!version.atLeast(1, 82)) {
      return this.#eachNamespace(namespaces, ([namespace]) =>
        this.#read(
          `/namespaces/${encodeURIComponent(namespace)}/health`,
          { type: 'service' },
          json => parseNamespaceHealth(namespace, json),
        ),
      );
    }
    const ask = (some: string[]) =>
      this.#read(
        '/clusters/health',
        { type: 'service', namespaces: some.join(',') },
        async json => wanted(await parseClusterHealth(json)),
      );
    try {
      return await ask(namespaces);
    } catch (error) {
      // One namespace that may not be seen forbids the whole list.
      if (isForbidden(error) && namespaces.length > 1) {
        return this.#eachNamespace(namespaces, ask);
      }
      throw error;
    }
  }

  async validations(namespaces: string[]): Promise<KialiValidations> {
    return this.#inTime(this.#validations.of(namespaces));
  }

  /** Who calls whom in some namespaces, by service and version, over the last seconds. */
  async graph(
    namespaces: string[],
    { durationSeconds }: { durationSeconds: number },
  ): Promise<KialiGraph> {
    return this.#inTime(
      this.#read(
        '/namespaces/graph',
        {
          namespaces: namespaces.join(','),
          duration: `${durationSeconds}s`,
          graphType: 'versionedApp',
          injectServiceNodes: 'true',
          appenders: APPENDERS,
          // Goes around the cache of graphs that all anonymous readers share.
          queryTime: String(Math.floor(Date.now() / 1000)),
        },
        parseGraph,
      ),
    );
  }

  /** What goes on behind it, a way in that was found too late, serves whoever asks next. */
  #inTime<T>(work: Promise<T>): Promise<T> {
    return within(this.#http.timeoutMs, work, () => this.#http.late());
  }

  async #allValidations(): Promise<KialiValidation[]> {
    const version = await this.#session.version();
    const objects = version.atLeast(2, 0)
      ? KINDS.map(([kind]) => kind).join(';')
      : KINDS.map(([, kind]) => kind).join(',');
    return this.#read(
      '/istio/config',
      { validate: 'true', objects },
      parseValidations,
      // A version that does not know one of the kinds is asked for all that it knows.
      { validate: 'true' },
    );
  }

  /** Namespaces one by one; fails only where every one of them does. */
  async #eachNamespace(
    namespaces: string[],
    ask: (namespace: string[]) => Promise<KialiServiceHealth[]>,
  ): Promise<KialiServiceHealth[]> {
    const answers = await Promise.allSettled(
      namespaces.map(namespace => ask([namespace])),
    );
    const failures = answers.flatMap(answer =>
      answer.status === 'rejected' ? [answer.reason] : [],
    );
    // Kiali says nothing of what it refuses: those services stay unknown.
    const serious = failures.find(error => !isForbidden(error)) ?? failures[0];
    if (failures.length === namespaces.length && serious) {
      throw serious;
    }
    return answers.flatMap(answer =>
      answer.status === 'fulfilled' ? answer.value : [],
    );
  }

  async #read<T>(
    path: string,
    params: Record<string, string>,
    parse: (json: unknown) => Promise<T>,
    fallback?: Record<string, string>,
  ): Promise<T> {
    const json = await this.#session.get(path, params, fallback);
    try {
      return await parse(json);
    } catch (error) {
      if (error instanceof z.ZodError) {
        throw this.#http.error(
          'source-unreachable',
          wordingWith('source.unknownForm', {
            path,
            at: placeInAnswer(error),
          }),
        );
      }
      throw error;
    }
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof SourceError && error.reason === 'forbidden';
}
