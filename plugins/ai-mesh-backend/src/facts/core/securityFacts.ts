import {
  known,
  wording,
  type FactName,
  type Measured,
  type ServiceSecurity,
  type UnknownReason,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  fact,
  noFact,
  ofEvery,
  ofNumbers,
  type ComputedFact,
} from './ComputedFact';
import type { FactAnswers } from './FactAnswers';

const SECONDS_A_DAY = 86_400;

export function securityFacts({ security, review }: FactAnswers) {
  const { services } = security;
  const certificates = services.flatMap(one => one.certificates.workloads);
  const telemetry = (judge: (one: Settings) => Measured<boolean>) =>
    ofEvery(services, ({ telemetry: settings }) =>
      settings.status === 'unknown'
        ? settings
        : toMeasured(
            settings.value.length > 0
              ? ofEvery(settings.value, judge)
              : noFact('not-applicable', wording('facts.noWorkload')),
          ),
    );
  return {
    mtlsStrict: ofEvery(services, one => mtlsIs(one, ['strict'])),
    mtlsReady: ofEvery(services, one => mtlsIs(one, ['strict', 'ready'])),
    mtlsObservedShare: ofNumbers(
      services.map(({ mtls }) => mtls.observedShare),
      values => Math.min(...values),
      noFact('no-traffic'),
    ),
    plaintextCallers: ofNumbers(
      services.map(one => plaintextCallers(one)),
      values => values.reduce((sum, value) => sum + value, 0),
      noFact('no-traffic'),
    ),
    policiesWithoutEffect: policiesWithoutEffect(services, review),
    certificateDaysLeftMin: ofNumbers(
      [
        ...certificates.map(({ soonest }) => daysLeft(soonest)),
        // Not every control plane exports its root's; the workloads' have to be known.
        ...services
          .map(one => daysLeft(one.certificates.root))
          .filter(({ status }) => status === 'known'),
      ],
      values => Math.min(...values),
      noFact('not-applicable', wording('facts.noCertificate')),
    ),
    certificateRenewalSeen:
      certificates.length === 0
        ? noFact('not-applicable', wording('facts.noCertificate'))
        : ofEvery(certificates, ({ rotation, soonest }) =>
            rotation.status === 'unknown'
              ? noFact(
                  soonest.status === 'unknown'
                    ? soonest.reason
                    : 'not-exported',
                  rotation,
                )
              : known(rotation.status === 'working'),
          ),
    ambientMode: ambientMode(services),
    tracingSampled: telemetry(isSampled),
    modelTagOnTraces: telemetry(({ tracing }) =>
      known(!tracing.disabled && tracing.modelTag !== undefined),
    ),
  } satisfies Partial<Record<FactName, ComputedFact>>;
}

type Settings = Extract<
  ServiceSecurity['telemetry'],
  { status: 'known' }
>['value'][number];

/** `ofEvery` of services of `ofEvery` of their workloads. */
function toMeasured(one: ComputedFact) {
  return one.status === 'known' ? known(one.value === true) : one;
}

function mtlsIs(
  { mtls }: ServiceSecurity,
  wanted: readonly ServiceSecurity['mtls']['status'][],
) {
  if (mtls.status !== 'unknown') {
    return known(wanted.includes(mtls.status));
  }
  return noFact(whyUnknown(mtls), mtls);
}

function whyUnknown({
  readiness,
  observedShare,
}: ServiceSecurity['mtls']): UnknownReason {
  if (readiness.status === 'unknown') {
    return readiness.reason;
  }
  return observedShare.status === 'unknown'
    ? observedShare.reason
    : 'not-exported';
}

function isSampled({ tracing }: Settings): Measured<boolean> {
  if (tracing.disabled) {
    return known(false);
  }
  return tracing.samplingPercent.status === 'unknown'
    ? tracing.samplingPercent
    : known(tracing.samplingPercent.value > 0);
}

function plaintextCallers({ mtls }: ServiceSecurity): Measured<number> {
  if (mtls.observedShare.status === 'unknown') {
    return mtls.observedShare;
  }
  return known(
    mtls.callers.filter(
      ({ observed }) =>
        observed.status === 'known' && observed.value.plaintext > 0,
    ).length,
  );
}

function policiesWithoutEffect(
  services: readonly ServiceSecurity[],
  { findings, notJudged }: FactAnswers['review'],
): ComputedFact {
  const gap = notJudged.find(
    ({ code }) => code === 'AIM404' || code === 'AIM407',
  );
  if (gap) {
    return noFact(gap.reason, gap);
  }
  const objects = [
    ...services.flatMap(one =>
      one.authorization.ineffective.map(({ object }) => object),
    ),
    ...findings
      .filter(({ code }) => code === 'AIM407' || code === 'AIM408')
      .map(({ object }) => object),
  ].filter(({ kind }) => kind === 'AuthorizationPolicy');
  return fact(
    new Set(
      objects.map(({ cluster, namespace, name }) =>
        JSON.stringify([cluster, namespace, name]),
      ),
    ).size,
  );
}

function daysLeft(
  certificate: ServiceSecurity['certificates']['root'],
): Measured<number> {
  return certificate.status === 'known'
    ? known(certificate.value.secondsLeft / SECONDS_A_DAY)
    : certificate;
}

function ambientMode(services: readonly ServiceSecurity[]): ComputedFact {
  const modes = services.flatMap(({ mtls }) =>
    mtls.workloads.map(({ proxy }) => proxy),
  );
  if (modes.includes('ambient')) {
    return fact(true);
  }
  return modes.length === 0 || modes.includes('unknown')
    ? noFact('not-applicable', wording('facts.noPod'))
    : fact(false);
}
