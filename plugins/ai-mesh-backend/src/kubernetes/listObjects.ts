import { z } from 'zod';
import { KubernetesApi, KubernetesError } from './KubernetesApi';

const PAGE = '500';

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
 * @throws KubernetesError; `gone` where the list took so long that its pages expired
 */
export async function listObjects(
  api: KubernetesApi,
  path: string,
  signal: AbortSignal,
): Promise<{ items: unknown[]; resourceVersion: string }> {
  const items: unknown[] = [];
  let next = '';
  for (;;) {
    const query = { limit: PAGE, ...(next === '' ? {} : { continue: next }) };
    const page = pageSchema.safeParse(await api.get(path, query, signal));
    if (!page.success) {
      throw new KubernetesError(
        'unreachable',
        `the API server answered ${path} with something that is not a list`,
      );
    }
    for (const item of page.data.items ?? []) {
      items.push(item);
    }
    next = page.data.metadata.continue ?? '';
    if (next === '') {
      const { resourceVersion } = page.data.metadata;
      return { items, resourceVersion };
    }
  }
}
