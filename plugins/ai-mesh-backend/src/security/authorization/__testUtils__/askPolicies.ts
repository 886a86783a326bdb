import { snapshotFromYaml } from '../../../kubernetes/__testUtils__/snapshotFromYaml';
import { appliedPolicies } from '../appliedPolicies';
import type { CallRequest } from '../CallRequest';
import { decide } from '../decide';
import type { Enforcer } from '../Enforcer';

/** The called workload of these tests. */
export const workload = {
  name: { kind: 'Deployment', namespace: 'ai', name: 'chat-v1' },
  labels: { app: 'chat', version: 'v1' },
};

/** A request of the gateway to the chat service. */
export const post: CallRequest = {
  principal: 'cluster.local/ns/ai/sa/gateway',
  ip: undefined,
  method: 'POST',
  path: '/api/chat',
  host: 'chat.ai',
  port: 8080,
  headers: undefined,
  requestPrincipal: null,
  tcp: false,
};

export function policy(
  spec: string,
  { namespace = 'ai', name = 'p', annotations = '{}' } = {},
): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ${namespace}, name: ${name}, annotations: ${annotations} }
spec: ${spec}
---`;
}

/** A sidecar of a mesh whose trust domains nobody knows. */
export const sidecar: Enforcer = {
  proxy: 'sidecar',
  trust: { own: undefined, aliases: undefined },
};

/** Verdict, reason, and what decided, in one line. */
export function ask(
  yaml: string,
  request: Partial<CallRequest> = {},
  enforcer: Enforcer = sidecar,
): string {
  const snapshot = snapshotFromYaml(yaml);
  const { verdict, because, decidedBy } = decide(
    snapshot,
    appliedPolicies(snapshot, workload),
    { ...post, ...request },
    enforcer,
  );
  return [verdict, because, decidedBy?.object.name, decidedBy?.path]
    .filter(Boolean)
    .join(' ');
}

export const allow = (rules: string) => policy(`{ rules: ${rules} }`);
