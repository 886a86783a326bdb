import type { RouteDestination } from '@ai-mesh/plugin-ai-mesh-common';

/** A host as people say it: the service's name where it is a cluster's own. */
export function shortHost(host: string): string {
  const [name, , svc] = host.split('.');
  return svc === 'svc' ? name : host;
}

/** What tells a destination from its siblings: its subset, else its host. */
export function destinationName(destination: RouteDestination): string {
  return destination.subset ?? shortHost(destination.host);
}
