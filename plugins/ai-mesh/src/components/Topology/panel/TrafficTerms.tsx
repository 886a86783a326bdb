import type {
  Latency,
  Measured,
  Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { Signal, SignalFigure, signals } from '../../Figures';
import { Terms } from '../../Terms';

const flagMeanings = [
  'UO',
  'UH',
  'UF',
  'UC',
  'UT',
  'UR',
  'URX',
  'DC',
  'NR',
  'RL',
  'UAEX',
  'FI',
  'DI',
] as const;

/** All the figures of some requests; a percentile says which bucket it is from. */
export function TrafficTerms(props: { traffic: Traffic; cluster: string }) {
  const { traffic, cluster } = props;
  const { t, format } = useFormat();
  const flags = Object.entries(traffic.responseFlags).sort(
    ([, a], [, b]) => b - a,
  );
  const bucket = (signal: Signal) => {
    const latency: Measured<Latency> | undefined =
      signal === 'p50' || signal === 'p95' || signal === 'p99'
        ? traffic[signal]
        : undefined;
    return latency?.status === 'known' ? (
      <Typography variant="caption" color="textSecondary" component="span">
        {t('text.aside', {
          text: t('figure.bucketShort', format.bucket(latency.value)),
        })}
      </Typography>
    ) : null;
  };
  const explain = (flag: string) => {
    const meaning = flagMeanings.find(known => known === flag);
    return meaning ? `${flag}${t('text.colon')}${t(`flag.${meaning}`)}` : flag;
  };
  return (
    <Terms
      terms={[
        ...signals.map(signal => ({
          name: t(`figure.${signal}`),
          value: (
            <>
              <SignalFigure
                traffic={traffic}
                signal={signal}
                cluster={cluster}
              />
              {bucket(signal)}
            </>
          ),
        })),
        {
          name: t('figure.responseFlags'),
          value:
            flags.length === 0
              ? t('figure.noFlags')
              : flags.map(([flag, rate]) => (
                  <div key={flag}>
                    {explain(flag)}, {format.rate(rate)}
                  </div>
                )),
        },
      ]}
    />
  );
}
