import { KubeObject } from '../../store/KubeObject';
import { ObjectName } from '../../store/Shelf';
import { Cluster } from './Cluster';

/** Removes what a removed object owned, and of a namespace everything that was in it. */
export function collectGarbage(
  { owners, store }: Cluster,
  { kind, metadata }: KubeObject,
): void {
  const removeIfThere = (group: string, owned: string, name: ObjectName) => {
    // It may have gone already, on account of another owner or of its namespace.
    if (store.get(group, owned, name)) {
      store.remove(group, owned, name);
    }
  };
  for (const owned of owners.of(metadata.uid)) {
    removeIfThere(owned.group, owned.kind, owned);
  }
  if (kind === 'Namespace') {
    for (const each of store.kinds.filter(({ namespaced }) => namespaced)) {
      store
        .list(each.group, each.kind, { namespace: metadata.name })
        .forEach(object =>
          removeIfThere(each.group, each.kind, object.metadata),
        );
    }
  }
}
