/** The sandbox's worlds that the demo has a catalog for. */
export const worlds = {
  shop: {
    clusters: ['Kubernetes'],
    // A part of its catalog, for the Git host.
    inGit: 'packages/backend/demo/catalog',
  },
  ambient: {
    clusters: ['Kubernetes'],
    catalog: './demo/ambient.yaml',
    tracing: 'tempo',
  },
  'two-clusters': {
    clusters: ['east', 'west'],
    catalog: './demo/two-clusters.yaml',
  },
};
