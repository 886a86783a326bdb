import { Backoff } from './Backoff';
import { explainStatus } from './explainStatus';
import type { KindCache } from './KindCache';
import {
  KubernetesApi,
  KubernetesError,
  toKubernetesError,
} from './KubernetesApi';
import { listObjects } from './listObjects';
import { SilenceTimer } from './SilenceTimer';
import { sleep } from './sleep';
import type { WatchTimings } from './WatchTimings';

interface Watching {
  api: KubernetesApi;
  path: string;
  cache: KindCache;
  timings: WatchTimings;
}

/** How far the cache has followed the cluster; without a version only a list can tell. */
interface Cursor {
  resourceVersion?: string;
}

/**
 * Keeps one kind's cache as the cluster has it, until `signal` ends it or the cluster does not serve the kind any
 * more.
 *
 * Watches die in silence inside networks, and a client that reconnects without restraint has taken API servers down:
 * hence the time limits, and a growing delay before every reconnect but that of a watch that lived well.
 */
export async function watchKind(
  watching: Watching,
  signal: AbortSignal,
): Promise<void> {
  const { cache, timings } = watching;
  const backoff = new Backoff(timings.retry);
  const cursor: Cursor = {};
  while (!signal.aborted) {
    const started = Date.now();
    const failure = await attempt(watching, cursor, signal);
    if (signal.aborted) {
      return;
    }
    if (failure?.failure === 'not-found') {
      cache.notServed();
      return;
    }
    if (failure?.failure === 'gone' || failure?.failure === 'forbidden') {
      cursor.resourceVersion = undefined;
    }
    // That a version is gone is the ordinary course of things: the list that follows tells whether something is wrong.
    if (failure && failure.failure !== 'gone') {
      cache.failed(failure);
    }
    if (Date.now() - started > timings.stableMs) {
      backoff.reset();
    }
    await sleep(backoff.next(), signal);
  }
}

/** Lists where needed, then watches to the end. @returns why it broke, undefined where the server ended it */
async function attempt(
  watching: Watching,
  cursor: Cursor,
  signal: AbortSignal,
): Promise<KubernetesError | undefined> {
  try {
    if (cursor.resourceVersion === undefined) {
      const { api, path, cache } = watching;
      const { items, resourceVersion } = await listObjects(
        api,
        path,
        signal,
        item => cache.strip(item),
      );
      cache.listed(items);
      cursor.resourceVersion = resourceVersion;
    }
    await follow(watching, cursor, cursor.resourceVersion, signal);
    return undefined;
  } catch (error) {
    return toKubernetesError(error);
  }
}

async function follow(
  { api, path, cache, timings }: Watching,
  cursor: Cursor,
  resourceVersion: string,
  signal: AbortSignal,
): Promise<void> {
  const [shortest, longest] = timings.watchMs;
  const lifeMs = shortest + Math.random() * (longest - shortest);
  const query = {
    allowWatchBookmarks: 'true',
    resourceVersion,
    timeoutSeconds: String(Math.ceil(lifeMs / 1000)),
  };
  const silence = new SilenceTimer(timings.silenceMs, signal);
  try {
    for await (const { type, object } of api.watch(
      path,
      query,
      silence.signal,
    )) {
      silence.broken();
      if (type === 'ERROR') {
        throw errorOf(object);
      }
      cursor.resourceVersion = versionOf(object) ?? cursor.resourceVersion;
      if (type === 'BOOKMARK') {
        cache.heard();
      } else {
        cache.changed(type, object);
      }
    }
    // The server ended it in good order: nothing was missed until now.
    cache.heard();
  } catch (error) {
    if (!silence.fell) {
      throw error;
    }
    // Nobody knows since when it was dead, nor whether this server sends bookmarks at all.
    cursor.resourceVersion = undefined;
  } finally {
    silence.end();
  }
}

function versionOf(object: unknown): string | undefined {
  const { resourceVersion } =
    (object as { metadata?: { resourceVersion?: unknown } } | null)?.metadata ??
    {};
  return typeof resourceVersion === 'string' ? resourceVersion : undefined;
}

/** An event of type ERROR holds a `Status`. */
function errorOf(status: unknown): KubernetesError {
  const { code } = (status as { code?: unknown } | null) ?? {};
  return explainStatus(
    typeof code === 'number' ? code : 500,
    JSON.stringify(status),
    // Who was not let in gets no events.
    true,
  );
}
