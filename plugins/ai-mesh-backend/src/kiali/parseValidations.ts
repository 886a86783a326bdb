import { z } from 'zod';
import { listInTurns, mapInTurns } from '../target/schemaInTurns';
import type { KialiValidation } from './KialiClient';

const checkSchema = z.object({
  code: z.string().optional(),
  message: z.string(),
  severity: z.string().optional(),
  path: z.string().optional(),
});
const validationSchema = z.object({
  name: z.string().optional(),
  namespace: z.string().optional(),
  valid: z.boolean().default(true),
  checks: listInTurns(checkSchema).nullish(),
});
const configSchema = z.object({
  validations: mapInTurns(mapInTurns(validationSchema).nullable()).nullish(),
});

/** How versions before 2.0 name the kinds. */
const OLD_KINDS: Record<string, string> = {
  virtualservice: 'networking.istio.io/v1beta1, Kind=VirtualService',
  destinationrule: 'networking.istio.io/v1beta1, Kind=DestinationRule',
  serviceentry: 'networking.istio.io/v1beta1, Kind=ServiceEntry',
  gateway: 'networking.istio.io/v1beta1, Kind=Gateway',
  k8shttproute: 'gateway.networking.k8s.io/v1, Kind=HTTPRoute',
  k8sgrpcroute: 'gateway.networking.k8s.io/v1, Kind=GRPCRoute',
};

/**
 * The checks in an answer of `/api/istio/config?validate=true`: by kind, then by object.
 *
 * @throws ZodError where it is none
 */
export async function parseValidations(
  json: unknown,
): Promise<KialiValidation[]> {
  const { validations } = await configSchema.parseAsync(json);
  return [...(validations ?? [])].flatMap(([kind, objects]) =>
    [...(objects ?? [])].map(([key, { valid, checks, ...object }]) => {
      // The key is `name.namespace`; names of Istio's objects may hold dots themselves, namespaces may not.
      const dot = key.lastIndexOf('.');
      return {
        gvk: OLD_KINDS[kind] ?? kind,
        name: object.name ?? key.slice(0, dot < 0 ? undefined : dot),
        namespace: object.namespace ?? (dot < 0 ? '' : key.slice(dot + 1)),
        valid,
        checks: (checks ?? []).map(({ code, message, severity, path }) => ({
          ...(code && { code }),
          severity: severityOf(severity),
          message,
          ...(path && { path }),
        })),
      };
    }),
  );
}

/** Kiali's third severity is `unknown`, which it means as a remark. */
function severityOf(
  severity: string | undefined,
): 'error' | 'warning' | 'info' {
  return severity === 'error' || severity === 'warning' ? severity : 'info';
}
