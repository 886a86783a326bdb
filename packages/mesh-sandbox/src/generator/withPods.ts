import type { Plan } from './plan';

/** A plan with more replicas, until there are so many pods: as evenly as may be, and none fewer than were planned. */
export function withPods(plan: Plan, pods: number): Plan {
  const versions = plan.services.flatMap(service => service.versions);
  const planned = versions.reduce((sum, { replicas }) => sum + replicas, 0);
  const missing = Math.max(0, pods - planned - plan.jobs.length);
  const each = Math.floor(missing / versions.length);
  const odd = missing % versions.length;
  let at = 0;
  const grown = ({ name, replicas }: (typeof versions)[number]) => ({
    name,
    replicas: replicas + each + (at++ < odd ? 1 : 0),
  });
  return {
    ...plan,
    services: plan.services.map(service => ({
      ...service,
      versions: service.versions.map(grown),
    })),
  };
}
