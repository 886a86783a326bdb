const ENTITIES = 20;

/** A catalog file with an entity for each of some Services of a mesh that nobody wrote one for. */
export async function catalogOf(clusters, count) {
  const entities = await entitiesOf(clusters, count);
  return entities.map(entity => JSON.stringify(entity)).join('\n---\n');
}

/** Services from all over the world, evenly; one that several clusters have is one entity. */
export async function entitiesOf([cluster], count = ENTITIES) {
  const answer = await fetch(
    `${cluster.kubernetes.url}/api/v1/services?limit=20000`,
    {
      headers: {
        authorization: `Bearer ${cluster.kubernetes.serviceAccountToken}`,
      },
    },
  );
  const { items } = await answer.json();
  const candidates = items.filter(
    ({ metadata }) => !metadata.namespace.startsWith('istio'),
  );
  const stride = Math.max(1, Math.floor(candidates.length / count));
  return candidates
    .filter((_, index) => index % stride === 0)
    .slice(0, count)
    .map(({ metadata }) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: `${metadata.namespace}.${metadata.name}`.slice(0, 63),
        annotations: {
          'ai-mesh.io/service': `${metadata.namespace}/${metadata.name}`,
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'ai-platform' },
    }));
}
