import { shownOnCall } from '../States';

/** The tab of a System: the topology of its components, which have the other screens. */
export const SystemTopology = shownOnCall(
  async () => (await import('../Topology')).TopologyScreen,
);
