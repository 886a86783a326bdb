import {
  budgetState,
  type Certificate,
  type Certificates,
  type Measured,
  type Review,
  type Security,
  type Slos,
  type Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  BudgetConcern,
  CertificateConcern,
  Concern,
  FindingConcern,
  SeenConcerns,
} from './Concern';

interface Answers {
  slos: Pick<Slos, 'models' | 'objectives' | 'sources'>;
  security: Pick<Security, 'services' | 'sources'>;
  review: Pick<Review, 'findings' | 'notJudged' | 'unreadable' | 'sources'>;
}

/** What an entity's screens show that its owners ought to hear of. */
export function concernsIn({ slos, security, review }: Answers): SeenConcerns {
  const budgets = budgetsIn(slos);
  const certificates = certificatesIn(security);
  const unjudged = new Set<string>(review.notJudged.map(({ code }) => code));
  const standing: Concern[] = [
    ...budgets.spent,
    ...findingsIn(review),
    ...certificates.ending,
  ];
  const sawAll = {
    budget: isSound(slos.sources),
    finding: isSound(review.sources) && review.unreadable.length === 0,
    certificate: isSound(security.sources),
  };
  const unsure = new Set([...budgets.unsure, ...certificates.unsure]);
  return {
    standing,
    isUnsure: subject => {
      const [what, next] = subject.split(' ');
      return (
        unsure.has(subject) ||
        !sawAll[what as keyof typeof sawAll] ||
        (what === 'finding' && unjudged.has(next.slice(0, 6)))
      );
    },
    clusters: [
      ...new Set(security.services.map(({ service: { cluster } }) => cluster)),
    ],
    sawReview: review.sources.every(
      ({ status }) => status !== 'unreachable' && status !== 'stale',
    ),
  };
}

/** Nothing is away; what was never set up is not missed. */
function isSound(sources: readonly Source[]): boolean {
  return sources.every(({ status }) =>
    ['ok', 'not-configured'].includes(status),
  );
}

/** A budget that stands on few events, or on a young part of the period, is not called spent. */
function budgetsIn({ models, objectives }: Answers['slos']) {
  const all = [
    ...objectives.map(status => ({
      status,
      model: undefined,
      row: `${status.cluster} ${status.objective.id}`,
    })),
    ...models.flatMap(({ cluster, model, objectives: those }) =>
      those.map(status => ({
        status,
        model,
        row: `${cluster}/${model} ${status.objective.id}`,
      })),
    ),
  ];
  const spent: BudgetConcern[] = [];
  const unsure: string[] = [];
  for (const { status, model, row } of all) {
    const { cluster, objective, budgetLeft } = status;
    const subject = `budget ${row}`;
    const state = budgetState(status);
    if (state === 'unknown' || state === 'young' || status.lowTraffic) {
      unsure.push(subject);
    } else if (budgetLeft.status === 'known' && state === 'spent') {
      const { id, name, nameWords, target, periodSeconds } = objective;
      spent.push({
        kind: 'budget-exhausted',
        subject,
        cluster,
        ...(model !== undefined && { model }),
        objective: { id, name, ...(nameWords && { nameWords }), target },
        periodSeconds,
        budgetLeft: budgetLeft.value,
        row,
      });
    }
  }
  return { spent, unsure };
}

function findingsIn({ findings }: Answers['review']): FindingConcern[] {
  return findings
    .filter(
      ({ severity, suppressedBy }) => severity === 'high' && !suppressedBy,
    )
    .map(({ id, code, service, object, path, message, ...finding }) => ({
      kind: 'high-finding',
      subject: `finding ${id}`,
      cluster: service.cluster,
      findingId: id,
      code,
      service,
      object,
      path,
      message,
      wording: {
        messageKey: finding.messageKey,
        params: finding.params,
        ...(finding.phrases && { phrases: finding.phrases }),
      },
    }));
}

function certificatesIn({ services }: Answers['security']) {
  const ending = new Map<string, CertificateConcern>();
  const unsure: string[] = [];
  const look = (
    subject: string,
    certificate: Measured<Certificate>,
    about: Pick<CertificateConcern, 'cluster' | 'workload' | 'row'>,
  ) => {
    if (certificate.status === 'unknown') {
      unsure.push(subject);
    } else if (['soon', 'expired'].includes(certificate.value.status)) {
      ending.set(subject, {
        kind: 'certificate-ending',
        subject,
        ...about,
        expiresAt: certificate.value.expiresAt,
      });
    } else if (certificate.value.status === 'unknown') {
      unsure.push(subject);
    }
  };
  for (const { service, certificates } of services) {
    const { cluster } = service;
    for (const { workload, soonest } of certificates.workloads) {
      const row = certificateRow(cluster, workload);
      look(`certificate ${row}`, soonest, { cluster, workload, row });
    }
    look(`certificate root ${cluster}`, certificates.root, {
      cluster,
      row: `${cluster} root`,
    });
  }
  return { ending: [...ending.values()], unsure };
}

function certificateRow(
  cluster: string,
  { kind, namespace, name }: Certificates['workloads'][number]['workload'],
): string {
  return `${cluster} ${namespace} ${kind} ${name}`;
}
