import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useCallback, useMemo } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { useSearchParam } from '../../../hooks';
import { groupings, type Grouping, type Groups } from './Groups';

const parseGrouping = (written: string | null): Grouping =>
  groupings.find(grouping => grouping === written) ?? 'none';
const parseFolded = (written: string | null): string => written ?? '';
const SEPARATOR = ',';

/** How the reader groups services; all of it is in the address. */
export function useGrouping() {
  const [grouping, setGrouping] = useSearchParam<Grouping>(
    'group',
    parseGrouping,
    'none',
  );
  const [folded, setFolded] = useSearchParam<string>('folded', parseFolded, '');
  return { grouping, setGrouping, folded, setFolded };
}

/** The groups of what is shown. The system is asked of the catalog, which knows it of entities that the reader may see. */
export function useGroups(nodes: Topology['nodes']): Groups {
  const { grouping, folded: written, setFolded } = useGrouping();
  const systems = useSystems(
    grouping === 'system'
      ? nodes.flatMap(({ entityRef }) => entityRef ?? [])
      : [],
  );
  const of = useMemo(
    () =>
      new Map(
        nodes.flatMap(({ id, kind, namespace, cluster, entityRef = '' }) => {
          // What is outside is in no cluster and no namespace, whoever calls it and wherever its ServiceEntry is.
          const isOutside = kind === 'external';
          const name = {
            none: undefined,
            namespace: isOutside ? undefined : namespace,
            cluster: isOutside ? undefined : cluster,
            system: systems.get(entityRef),
          }[grouping];
          return name === undefined ? [] : [[id, name] as const];
        }),
      ),
    [nodes, grouping, systems],
  );
  const folded = useMemo(
    () =>
      new Set(
        grouping === 'none' ? [] : written.split(SEPARATOR).filter(Boolean),
      ),
    [grouping, written],
  );
  const toggle = useCallback(
    (name: string) => {
      const next = new Set(folded);
      if (!next.delete(name)) {
        next.add(name);
      }
      setFolded([...next].join(SEPARATOR));
    },
    [folded, setFolded],
  );
  return useMemo(
    () => ({ grouping, of, folded, toggle }),
    [grouping, of, folded, toggle],
  );
}

const none: ReadonlyMap<string, string> = new Map();

/** The system that each entity is a part of, by the entity's reference. */
function useSystems(entityRefs: string[]): ReadonlyMap<string, string> {
  const catalog = useApi(catalogApiRef);
  const wanted = [...new Set(entityRefs)].sort().join(' ');
  const { value } = useAsync(async () => {
    if (wanted === '') {
      return none;
    }
    const refs = wanted.split(' ');
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs: refs,
      fields: ['spec.system'],
    });
    return new Map(
      refs.flatMap((ref, at) => {
        const system = items[at]?.spec?.system;
        return typeof system === 'string' ? [[ref, system] as const] : [];
      }),
    );
  }, [catalog, wanted]);
  return value ?? none;
}
