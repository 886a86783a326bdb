import { z } from 'zod';
import { mapInTurns } from '../target/schemaInTurns';
import type { KialiServiceHealth } from './KialiClient';
import { number } from './number';

const rates = mapInTurns(mapInTurns(number));
const serviceSchema = z.object({
  /** From 2.22 on Kiali judges by itself. */
  status: z.object({ status: z.string() }).nullish(),
  requests: z.object({ inbound: rates.nullish() }).nullish(),
});
const servicesSchema = mapInTurns(serviceSchema.transform(judge).nullable());
const clusterSchema = z.object({
  namespaceServiceHealth: mapInTurns(servicesSchema.nullable()).nullish(),
});

type ServiceHealth = z.infer<typeof serviceSchema>;

const JUDGEMENTS: Record<string, KialiServiceHealth['status']> = {
  Healthy: 'healthy',
  Degraded: 'degraded',
  'Not Ready': 'degraded',
  Failure: 'failing',
};

/**
 * An answer of `/api/clusters/health?type=service`. An empty map is nothing that Kiali says: callers must read a service
 * that is not there as unknown.
 *
 * @throws ZodError where it is none
 */
export async function parseClusterHealth(
  json: unknown,
): Promise<KialiServiceHealth[]> {
  const { namespaceServiceHealth } = await clusterSchema.parseAsync(json);
  return [...(namespaceServiceHealth ?? [])].flatMap(([namespace, services]) =>
    services ? judged(namespace, services) : [],
  );
}

/**
 * An answer of the older `/api/namespaces/{namespace}/health?type=service`.
 *
 * @throws ZodError where it is none
 */
export async function parseNamespaceHealth(
  namespace: string,
  json: unknown,
): Promise<KialiServiceHealth[]> {
  return judged(namespace, await servicesSchema.parseAsync(json));
}

function judged(
  namespace: string,
  services: z.infer<typeof servicesSchema>,
): KialiServiceHealth[] {
  return Array.from(services, ([service, status]) => ({
    namespace,
    service,
    status: status ?? 'unknown',
  }));
}

function judge({
  status,
  requests,
}: ServiceHealth): KialiServiceHealth['status'] {
  return status
    ? (JUDGEMENTS[status.status] ?? 'unknown')
    : judgeRates(requests?.inbound ?? new Map());
}

/** Kiali's default tolerances, in percent: what its own screens judge by in versions whose API does not. */
const TOLERANCES = [
  { protocol: 'http', code: /^(5\d\d|-)$/, degraded: 0, failing: 10 },
  { protocol: 'http', code: /^4\d\d$/, degraded: 10, failing: 20 },
  { protocol: 'grpc', code: /^([1-9]|1[0-6]|-)$/, degraded: 0, failing: 10 },
];

function judgeRates(
  inbound: z.infer<typeof rates>,
): KialiServiceHealth['status'] {
  const judgements = TOLERANCES.flatMap(
    ({ protocol, code, degraded, failing }) => {
      const codes = [...(inbound.get(protocol) ?? [])];
      const bad = codes.filter(([name]) => code.test(name));
      const percent = (100 * sum(bad)) / sum(codes);
      if (Number.isNaN(percent)) {
        return [];
      }
      if (percent >= failing) {
        return ['failing' as const];
      }
      return [
        percent > degraded ? ('degraded' as const) : ('healthy' as const),
      ];
    },
  );
  return (
    (['failing', 'degraded', 'healthy'] as const).find(status =>
      judgements.includes(status),
    ) ?? 'unknown'
  );
}

function sum(codes: readonly (readonly [string, number])[]): number {
  return codes.reduce((total, [, rate]) => total + rate, 0);
}
