import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { KindRow, kindTable } from './kindTable';
import type { MeshKind } from './kinds';
import { KubernetesApi, KubernetesError } from './KubernetesApi';

/** Where a cluster serves a kind, or why that is not known. */
export type Discovered =
  | { status: 'served'; apiVersion: string; path: string }
  | { status: 'not-served' }
  | { status: 'failed'; error: KubernetesError };

const groupsSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      versions: z.array(z.object({ version: z.string() })),
    }),
  ),
});
const resourcesSchema = z.object({
  resources: z.array(z.object({ name: z.string() })),
});

/**
 * Asks a cluster which of some kinds it serves, and takes the newest version of each that this code can read.
 *
 * @throws KubernetesError where the cluster does not even say which groups it has
 */
export async function discoverKinds(
  api: KubernetesApi,
  signal: AbortSignal,
  rows: readonly KindRow[] = kindTable,
): Promise<ReadonlyMap<MeshKind, Discovered>> {
  const { groups } = read(groupsSchema, await api.get('/apis', {}, signal));
  const served = new Set(
    groups.flatMap(({ name, versions }) =>
      versions.map(({ version }) => `${name}/${version}`),
    ),
  );
  const resources = new Map<string, Promise<Set<string> | KubernetesError>>();
  const found = await Promise.all(
    rows.map(async row => [row.kind, await newest(row, resourcesOf)] as const),
  );
  return new Map(found);

  /** The resources of one group and version; each is asked for once. */
  async function resourcesOf(groupVersion: string) {
    if (groupVersion.includes('/') && !served.has(groupVersion)) {
      return new Set<string>();
    }
    const present =
      resources.get(groupVersion) ?? listResources(api, groupVersion, signal);
    resources.set(groupVersion, present);
    return present;
  }
}

async function newest(
  row: KindRow,
  resourcesOf: (groupVersion: string) => Promise<Set<string> | KubernetesError>,
): Promise<Discovered> {
  for (const apiVersion of apiVersionsOf(row)) {
    const resources = await resourcesOf(apiVersion);
    if (resources instanceof KubernetesError) {
      return { status: 'failed', error: resources };
    }
    if (resources.has(row.resource)) {
      const path = `${prefixOf(apiVersion)}/${row.resource}`;
      return { status: 'served', apiVersion, path };
    }
  }
  return { status: 'not-served' };
}

function apiVersionsOf({ former, ...present }: KindRow): string[] {
  return [present, ...(former ? [former] : [])].flatMap(({ group, versions }) =>
    versions.map(version => (group === '' ? version : `${group}/${version}`)),
  );
}

async function listResources(
  api: KubernetesApi,
  groupVersion: string,
  signal: AbortSignal,
): Promise<Set<string> | KubernetesError> {
  try {
    const answer = await api.get(prefixOf(groupVersion), {}, signal);
    const { resources } = read(resourcesSchema, answer);
    return new Set(resources.map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof KubernetesError)) {
      throw error;
    }
    // A version may go between two requests.
    return error.failure === 'not-found' ? new Set() : error;
  }
}

function prefixOf(groupVersion: string): string {
  return groupVersion.includes('/')
    ? `/apis/${groupVersion}`
    : `/api/${groupVersion}`;
}

function read<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    throw new KubernetesError('unreachable', wording('kube.noApi'));
  }
  return parsed.data;
}
