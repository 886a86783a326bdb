type Labels = Record<string, string>;

/** What a Prometheus says to a question about a moment, and about a span. */
export interface Answers {
  vector: Buffer;
  matrix: Buffer;
}

interface AttackAnswers {
  /** @param series - as many as each answer has, where it is their number that matters */
  make(series: number): Answers;
  /** What every view's answer holds then. */
  says: string;
}

/** A request as Istio's proxies report it. */
const call: Labels = {
  reporter: 'destination',
  source_workload: 'ai-orchestrator',
  source_workload_namespace: 'ai-services',
  source_principal: 'spiffe://cluster.local/ns/ai-services/sa/ai-orchestrator',
  destination_workload: 'ai-chat-service-v1',
  destination_workload_namespace: 'ai-services',
  destination_service: 'ai-chat-service.ai-services.svc.cluster.local',
  destination_service_name: 'ai-chat-service',
  destination_service_namespace: 'ai-services',
  destination_version: 'v1',
  response_code: '200',
  connection_security_policy: 'mutual_tls',
};

const caller = (n: number): Labels => ({
  source_workload: `caller-${n}`,
  source_workload_namespace: 'others',
  source_principal: `spiffe://cluster.local/ns/others/sa/caller-${n}`,
});

const many = <T>(count: number, one: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => one(n));

/** @param points - of each series over time: the last minutes */
export function answersOf(series: readonly Labels[], points = 2): Answers {
  const now = Math.floor(Date.now() / 60_000) * 60;
  const values = many(points, at => [now - (points - at) * 60, '2']);
  const whole = (resultType: string, result: unknown[]) =>
    Buffer.from(
      JSON.stringify({ status: 'success', data: { resultType, result } }),
    );
  return {
    vector: whole(
      'vector',
      series.map(metric => ({ metric, value: [now, '2'] })),
    ),
    matrix: whole(
      'matrix',
      series.map(metric => ({ metric, values })),
    ),
  };
}

const ofEach = (
  labels: (n: number, series: number) => Labels,
): AttackAnswers => ({
  make: series =>
    answersOf(many(series, n => ({ ...call, ...labels(n, series) }))),
  says: '"name":"prometheus"',
});

/** What a Prometheus may answer, whatever it is asked: as much as is read, and more. */
export const attackAnswers: Record<string, AttackAnswers> = {
  'as many callers': ofEach(caller),
  'callers with a hundred codes each': ofEach(n => ({
    ...caller(Math.floor(n / 100)),
    response_code: `${200 + (n % 100)}`,
  })),
  'as many called services': ofEach(n => ({
    reporter: 'source',
    source_workload: 'ai-chat-service-v1',
    destination_service: `called-${n}.others.svc.cluster.local`,
    destination_service_name: `called-${n}`,
    destination_service_namespace: 'others',
    destination_workload: `called-${n}`,
    destination_workload_namespace: 'others',
  })),
  'callers with 25 buckets each': ofEach(n => ({
    ...caller(Math.floor(n / 25)),
    le: n % 25 === 0 ? '+Inf' : `${n % 25}`,
  })),
  'as many versions': ofEach(n => ({ destination_version: `v${n}` })),
  'callers of as many namespaces, half of them in plaintext': ofEach(n => ({
    ...caller(n),
    source_workload_namespace: `ns-${n}`,
    connection_security_policy: n % 2 ? 'mutual_tls' : 'none',
  })),
  'as many pods and models': ofEach(n => ({
    pod: `ai-chat-service-v1-${n}`,
    namespace: 'ai-services',
    gen_ai_request_model: `m-${n}`,
  })),
  'a label of 7 MB': {
    make: () =>
      answersOf([{ ...call, source_workload: 'a'.repeat(7_000_000) }]),
    says: 'a label of more than 16000 characters',
  },
  'a name of a label of 7 MB': {
    make: () => answersOf([{ ...call, ['a'.repeat(7_000_000)]: 'a' }]),
    says: 'a label of more than 16000 characters',
  },
  'labels of 15 kB': {
    make: series =>
      answersOf(
        many(Math.floor(series / 25), n => ({
          ...call,
          source_workload: `${n}${'a'.repeat(15_000)}`,
        })),
      ),
    says: '"name":"prometheus"',
  },
  'histories of 8,000 points': {
    make: series =>
      answersOf(
        many(Math.floor(series / 250), n => ({ ...call, ...caller(n) })),
        8000,
      ),
    says: '"name":"prometheus"',
  },
  'histories of 60 points': {
    make: series =>
      answersOf(
        many(Math.floor(series / 3), n => ({ ...call, ...caller(n) })),
        60,
      ),
    says: '"name":"prometheus"',
  },
};
