import type {
  CanaryDetails,
  CanaryHeaderMatch,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useFormat } from '../../format';
import type { Translate } from '../../translation';
import { Age } from '../Figures';
import { Terms } from '../Terms';
import { Identity } from './Identity';
import { Panel } from './Panel';

/** Who asked for it and why, who decided, and by which plan it goes. */
export function AboutPanel(props: { canary: CanaryDetails }) {
  const { canary } = props;
  const { plan, decidedBy, endedAt } = canary;
  const { t, format } = useFormat();
  const seconds = (value: number) => format.duration(value * 1000);
  const { headerPhase, affinity, startWindow } = plan;
  return (
    <Panel title={t('canary.about.title')}>
      <Terms
        terms={[
          {
            name: t('canary.about.reason'),
            value: <span translate="no">{canary.reason}</span>,
          },
          {
            name: t('canary.about.requestedBy'),
            value: (
              <>
                <Identity by={canary.requestedBy} /> ·{' '}
                <Age at={canary.requestedAt} />
              </>
            ),
          },
          ...(decidedBy
            ? [
                {
                  name: t('canary.about.decidedBy'),
                  value: <Identity by={decidedBy} />,
                },
              ]
            : []),
          ...(endedAt
            ? [{ name: t('canary.about.ended'), value: <Age at={endedAt} /> }]
            : []),
          {
            name: t('canary.about.pace'),
            value: t('canary.about.paceValue', {
              interval: seconds(plan.intervalSeconds),
              check: seconds(plan.checkSeconds),
              hold: seconds(plan.longestHoldSeconds),
            }),
          },
          {
            name: t('canary.about.decisions'),
            value: t('canary.about.decisionsValue', {
              requests: format.requests(plan.minRequests),
              count: plan.failureLimit,
            }),
          },
          ...(headerPhase
            ? [
                {
                  name: t('canary.about.headers'),
                  value: headerPhase.headers
                    .map(header => headerText(header, t))
                    .join(t('text.and')),
                },
              ]
            : []),
          ...(affinity
            ? [
                {
                  name: t('canary.about.affinity'),
                  value: t('canary.about.affinityValue', {
                    cookie: affinity.cookie,
                    age: seconds(affinity.maxAgeSeconds),
                  }),
                },
              ]
            : []),
          ...(startWindow
            ? [
                {
                  name: t('canary.about.window'),
                  value: [startWindow.notBefore, startWindow.notAfter]
                    .map(at => (at ? format.time(at) : '…'))
                    .join(' – '),
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

/** `x-user-tier: vip or beta`, `x-user: begins with test-` */
function headerText(
  { name, value, values, prefix, regex }: CanaryHeaderMatch,
  t: Translate,
): string {
  if (prefix !== undefined) {
    return t('canary.about.header.prefix', { name, value: prefix });
  }
  return regex === undefined
    ? `${name}: ${[...(value === undefined ? [] : [value]), ...(values ?? [])].join(t('canary.about.header.or'))}`
    : t('canary.about.header.regex', { name, value: regex });
}
