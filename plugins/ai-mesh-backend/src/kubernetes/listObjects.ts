import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { inTurns } from '../target/inTurns';
import { KubernetesApi, KubernetesError } from './KubernetesApi';

const PAGE = 500;
/** A page that is too large is asked for again with fewer objects, and so are those that follow. */
const SHRINK = 8;
/** Of a kind, on one cluster: what is more is kept nowhere. */
const MOST_OBJECTS = 200_000;

const pageSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string(),
    continue: z.string().optional(),
  }),
  // Null for an empty list that Go wrote.
  items: z.array(z.unknown()).nullable(),
});

/**
 * Lists every object of a kind, page by page, as of one moment.
 *
 * @param keep - what is kept of an object: a page's raw ones are gone when the next one is read
 * @throws KubernetesError; `gone` where the list took so long that its pages expired, `too-large` where there are too many
 */
export async function listObjects<T>(
  api: KubernetesApi,
  path: string,
  signal: AbortSignal,
  keep: (item: unknown) => T,
): Promise<{ items: T[]; resourceVersion: string }> {
  const items: T[] = [];
  let limit = PAGE;
  let next = '';
  for (;;) {
    const query = {
      limit: String(limit),
      ...(next === '' ? {} : { continue: next }),
    };
    const answer = await getPage(api, path, query, signal);
    if (answer === undefined) {
      limit = Math.ceil(limit / SHRINK);
      continue;
    }
    const page = pageSchema.safeParse(answer);
    if (!page.success) {
      throw new KubernetesError(
        'unreachable',
        wording('kube.noList', { path }),
      );
    }
    for (const item of page.data.items ?? []) {
      await inTurns();
      items.push(keep(item));
    }
    if (items.length > MOST_OBJECTS) {
      throw new KubernetesError(
        'too-large',
        wording('kube.moreObjects', { most: MOST_OBJECTS }),
      );
    }
    next = page.data.metadata.continue ?? '';
    if (next === '') {
      const { resourceVersion } = page.data.metadata;
      return { items, resourceVersion };
    }
  }
}

/** Undefined where it is too large, and has more than one object. */
async function getPage(
  api: KubernetesApi,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return (await api.get(path, query, signal)) ?? null;
  } catch (error) {
    if (
      error instanceof KubernetesError &&
      error.failure === 'too-large' &&
      query.limit !== '1'
    ) {
      return undefined;
    }
    throw error;
  }
}
