import type { CalledService } from '../callerPairs';

/** The workload's port that a request goes to which names none: the only one that takes requests, if there is only one. */
export function requestPort({ workloads }: CalledService): number | undefined {
  const ports = new Set(
    workloads.flatMap(workload =>
      workload.ports
        .filter(({ protocol }) => protocol !== 'tcp')
        .map(({ port }) => port),
    ),
  );
  return ports.size === 1 ? [...ports][0] : undefined;
}
