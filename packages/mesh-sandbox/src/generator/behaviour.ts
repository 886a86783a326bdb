import { BehaviourFile } from '../world';
import { PORT } from './builders';
import { MODELS, Plan, PlannedService, Role } from './plan';

/** Requests per second that reach an entry from outside. */
const ENTRY_RATE = 0.6;
const JOB_RATE = 0.2;

const LATENCY: Record<Role, { median: number; p99: number }> = {
  entry: { median: 5, p99: 25 },
  assistant: { median: 15, p99: 90 },
  chat: { median: 20, p99: 120 },
  store: { median: 8, p99: 50 },
  gateway: { median: 5, p99: 20 },
  model: { median: 10, p99: 40 },
};

/** The behaviour of a planned mesh. */
export function behaviourOf({ services, jobs }: Plan): BehaviourFile {
  return {
    models: [
      model(MODELS[0], 'fast-model', 300, 7, 130),
      model(MODELS[1], 'smart-model', 850, 16, 150),
      model(MODELS[2], 'vllm', 120, 11, 60),
    ],
    loads: [
      ...services
        .filter(({ role }) => role === 'entry')
        .map(({ name, namespace }) => ({
          name: `${namespace}/${name}`,
          from: 'istio-system/istio-ingressgateway',
          requestsPerSecond: ENTRY_RATE,
          requests: [
            {
              to: `${name}.${namespace}.example.com:80`,
              method: 'POST',
              path: '/ask',
            },
          ],
        })),
      ...jobs.map(({ name, namespace, calls }) => ({
        name: `${namespace}/${name}`,
        from: `${namespace}/${name}`,
        requestsPerSecond: JOB_RATE,
        requests: [
          {
            to: address(calls),
            method: 'POST',
            path: '/ask',
            headers: { 'x-ai-model': MODELS[0] },
          },
        ],
      })),
    ],
    workloads: services.flatMap(workloadsOf),
    externals: [
      {
        host: 'api.fast-model.example',
        serves: [MODELS[0]],
        errorRatio: 0.002,
      },
      {
        host: 'api.smart-model.example',
        serves: [MODELS[1]],
        errorRatio: 0.0005,
        throttledRatio: 0.0005,
      },
    ],
  };
}

function workloadsOf(
  service: PlannedService,
): NonNullable<BehaviourFile['workloads']> {
  const { name, namespace, versions, role } = service;
  return versions.map((version, i) => ({
    workload: `${namespace}/${versions.length === 1 ? name : `${name}-${version.name}`}`,
    latencyMs: LATENCY[role],
    errorRatio: service.errorRatio * (i + 1),
    concurrencyPerPod: role === 'model' ? 32 : 400,
    ...(service.model && { serves: [service.model] }),
    calls: callsOf(service),
    ...aiMetrics(role),
  }));
}

function callsOf({ role, calls }: PlannedService) {
  const path = '/v1/chat/completions';
  const planned = calls.map(({ to, probability, model: name }) => ({
    to: address(to),
    method: 'POST',
    path: to.role === 'gateway' || to.role === 'model' ? path : '/ask',
    probability,
    ...(role === 'gateway'
      ? { when: { headers: { 'x-ai-model': MODELS[2] } } }
      : name && { headers: { 'x-ai-model': name }, timeoutMs: 90_000 }),
    ...(to.role === 'store' && { onFailure: 'ignore' as const }),
  }));
  if (role !== 'gateway') {
    return planned;
  }
  const providers = ['fast', 'smart'].map((kind, i) => ({
    to: `api.${kind}-model.example:80`,
    method: 'POST',
    path,
    when: { headers: { 'x-ai-model': MODELS[i] } },
  }));
  return [...planned, ...providers];
}

function aiMetrics(role: Role) {
  switch (role) {
    case 'chat':
      return {
        aiMetrics: { dialect: 'micrometer' as const, breaker: 'llm-gateway' },
      };
    case 'gateway':
      return { aiMetrics: { dialect: 'opentelemetry' as const } };
    case 'model':
      return { aiMetrics: { dialect: 'vllm' as const } };
    default:
      return {};
  }
}

function address({ name, namespace }: PlannedService): string {
  return `${name}.${namespace}:${PORT}`;
}

function model(
  name: string,
  provider: string,
  firstTokenMs: number,
  perTokenMs: number,
  tokens: number,
) {
  return {
    name,
    provider,
    timeToFirstTokenMs: { median: firstTokenMs, p99: 4 * firstTokenMs },
    timePerTokenMs: { median: perTokenMs, p99: 2 * perTokenMs },
    promptTokens: { median: 400, p99: 2600 },
    completionTokens: { median: tokens, p99: 4 * tokens },
  };
}
