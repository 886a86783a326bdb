/** The sandbox's worlds that the demo has a catalog for. */
export const worlds = {
  shop: { clusters: ['Kubernetes'] },
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
