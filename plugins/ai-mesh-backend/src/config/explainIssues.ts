import { z } from 'zod';
import { nearest } from './nearest';

const examples: Record<string, string> = {
  kubernetes: `kubernetes:
        url: https://kubernetes.example.com
        serviceAccountToken: \${K8S_TOKEN}
        caFile: /etc/ai-mesh/ca.crt`,
  prometheus: `prometheus:
        url: https://prometheus.example.com
        auth:
          bearerToken: \${PROMETHEUS_TOKEN}
        extraLabels:
          cluster: production
        timeout: 10s`,
  kiali: `kiali:
        url: https://kiali.example.com
        token: \${KIALI_TOKEN}`,
  tracing: `tracing:
        type: jaeger
        url: https://jaeger.example.com
        traceUrl: https://jaeger.example.com/trace/{traceId}`,
};

const canaryExample = `aiMesh:
  canary:
    requestExpiry: 7d
    approvers: ['{owner}']
    plan:
      steps: [5, 25, 50, 100]
      intervalSeconds: 300`;

const gatesExample = `aiMesh:
  canary:
    gates:
      - name: thumbs-down
        title: { en: Thumbs down, zh: 差评率 }
        kind: share
        bad: ai_feedback_total{rating="down",{{selector}}}
        all: ai_feedback_total{ {{selector}} }
        rollBackAbove: 0.3
        advanceBelow: 0.2`;

const webhooksExample = `aiMesh:
  canary:
    webhooks:
      - name: change-board
        events: [before-start, on-roll-back]
        url: https://change.example.com/hooks
        secret: \${CHANGE_BOARD_SECRET}`;

const ownershipExample = `aiMesh:
  ownership:
    claims: unowned
    namespaces:
      - namespace: ai-services
        owner: group:default/ai-team
    trustedLocations:
      - url:https://github.com/acme/catalog/blob/main/
      - url:https://github.com/acme/catalog/tree/main/`;

const scorecardExample = `aiMesh:
  facts:
    period: 15m
  scorecard:
    levels:
      - { id: bronze, title: Bronze }
      - { id: gold, title: Gold }
    checks:
      - id: encrypted
        title: Nearly all traffic is encrypted
        level: gold
        appliesTo: { kinds: [Component], lifecycles: [production] }
        rule:
          allOf:
            - { fact: mtlsObservedShare, atLeast: 0.99 }
            - { fact: plaintextCallers, atMost: 0 }`;

const securityExample = `aiMesh:
  security:
    lookBack: 7d`;

const namesExample = `aiMesh:
  clusters:
    - name: east
      kubernetes:
        url: https://east.example.com
        serviceAccountToken: \${EAST_TOKEN}
    - name: west
      kubernetes:
        url: https://west.example.com
        serviceAccountToken: \${WEST_TOKEN}`;

const limitsExample = `aiMesh:
  limits:
    user: { perMinute: 1200, open: 40 }
    entity: { perMinute: 600, open: 20 }`;

/** By the first key below `aiMesh`. */
const wholeExamples: Record<string, string> = {
  canary: canaryExample,
  ownership: ownershipExample,
  security: securityExample,
  limits: limitsExample,
  scorecard: scorecardExample,
  facts: scorecardExample,
  neighbours: 'aiMesh:\n  neighbours: anonymous',
  fleet: 'aiMesh:\n  fleet:\n    mostSeries: 100000',
  gitOps: 'aiMesh:\n  gitOps:\n    argoCdNamespace: argocd',
  fixes:
    'aiMesh:\n  fixes:\n    template: template:default/mend-findings\n    period: 1m',
  documentation: 'aiMesh:\n  documentation: /docs/default/component/ai-mesh',
};

/**
 * Says what is wrong with `aiMesh`: each key by its full name, the right key where one was mistyped, and how it is
 * written. It repeats no value, since that may be a credential.
 */
export function explainIssues(
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
): string {
  const lines = issues
    .filter(issue => !isOfAnotherType(issue, issues))
    .flatMap(issue => explainIssue(schema, issue));
  return [
    'The configuration of AI Mesh cannot be used:',
    ...lines.map(line => `- ${line}`),
    'This is how it is written:',
    exampleFor(issues[0].path),
  ].join('\n');
}

/** A right configuration that shows the section that a path leads to, or Kubernetes' and Prometheus'. */
export function exampleFor(path: readonly PropertyKey[]): string {
  const [first, second] = path;
  if (first === 'canary' && second === 'gates') {
    return gatesExample;
  }
  if (first === 'canary' && second === 'webhooks') {
    return webhooksExample;
  }
  if (typeof first === 'string' && Object.hasOwn(wholeExamples, first)) {
    return wholeExamples[first];
  }
  // Of the first the example of one cluster says enough.
  if (first === 'clusters' && path[1] !== 0 && path[2] === 'name') {
    return namesExample;
  }
  const section = path.find(
    key => typeof key === 'string' && Object.hasOwn(examples, key),
  );
  const sections = new Set(['kubernetes', String(section ?? 'prometheus')]);
  return `aiMesh:
  clusters:
    - name: production
      ${[...sections].map(name => examples[name]).join('\n      ')}`;
}

/** Whether an issue says how long or how many, of what is not even of the type that has a length. */
function isOfAnotherType(
  issue: z.core.$ZodIssue,
  issues: readonly z.core.$ZodIssue[],
): boolean {
  const key = keyOf(issue.path);
  return (
    issue.code !== 'invalid_type' &&
    issues.some(
      ({ code, path }) => code === 'invalid_type' && keyOf(path) === key,
    )
  );
}

/** What is wrong, a sentence a key. */
export function explainIssue(
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
): string[] {
  const key = keyOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map(wrong => {
      const wrongKey = keyOf([...issue.path, wrong]);
      if (known.includes(wrong)) {
        return `${wrongKey} belongs to another kind than this one`;
      }
      const right = nearest(wrong, known);
      const advice = right
        ? `did you mean '${right}'?`
        : `known here are ${known.join(', ')}`;
      return `${wrongKey} is not a setting; ${advice}`;
    });
  }
  if (issue.code === 'invalid_union') {
    // Where what was written is of one of the forms, what is wrong in it says more than what forms there are.
    const inside = issue.errors.find(errors =>
      errors.every(
        ({ code, path }) => path.length > 0 || code === 'unrecognized_keys',
      ),
    );
    if (inside) {
      return inside.flatMap(one =>
        explainIssue(schema, { ...one, path: [...issue.path, ...one.path] }),
      );
    }
  }
  if (issue.code === 'invalid_key') {
    return [`${key}: ${issue.issues.map(({ message }) => message).join(', ')}`];
  }
  if (issue.code === 'invalid_type') {
    return [
      issue.input === undefined && issue.message.includes('undefined')
        ? `${key} is missing`
        : `${key} must be ${article(issue.expected)}`,
    ];
  }
  if (issue.code === 'invalid_value') {
    return [`${key} must be ${issue.values.map(String).join(' or ')}`];
  }
  return [`${key} ${boundOf(issue) ?? issue.message}`];
}

/** The bound of a number that the schema has no words of its own for. */
function boundOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === 'too_small' && issue.message.startsWith('Too small')) {
    return issue.inclusive
      ? `must be at least ${issue.minimum}`
      : `must be more than ${issue.minimum}`;
  }
  if (issue.code === 'too_big' && issue.message.startsWith('Too big')) {
    return issue.inclusive
      ? `must be at most ${issue.maximum}`
      : `must be less than ${issue.maximum}`;
  }
  return undefined;
}

/** What the library calls otherwise than a person who writes YAML. */
const TYPES: Record<string, string> = { record: 'object', int: 'whole number' };

function article(type: string): string {
  const word = TYPES[type] ?? type;
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}

/** `aiMesh.clusters[0].prometheus.url` */
function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (key, part) =>
      typeof part === 'number' ? `${key}[${part}]` : `${key}.${String(part)}`,
    'aiMesh',
  );
}

/** The keys that the schema's object at a path has, in any of its kinds. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let present = formsOf(schema);
  for (const part of path) {
    present = present.flatMap(form => {
      if (form instanceof z.ZodArray) {
        return formsOf(form.element);
      }
      return form instanceof z.ZodObject
        ? formsOf(form.shape[String(part)])
        : [];
    });
  }
  const keys = present.flatMap(form =>
    form instanceof z.ZodObject ? Object.keys(form.shape) : [],
  );
  return [...new Set(keys)];
}

/** What a value may be, without what stands around it: defaults, transformations, a choice of several. */
function formsOf(schema: unknown): unknown[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return formsOf(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) {
    return formsOf(schema.in);
  }
  return schema instanceof z.ZodUnion
    ? schema.options.flatMap(formsOf)
    : [schema];
}
