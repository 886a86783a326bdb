import type { Topology, TopologyEdge } from '@ai-mesh/plugin-ai-mesh-common';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { QueryList, useQueries, MeasuredFigure } from '../../Figures';
import { describeEncryption, EncryptionMark, HealthMark } from '../../Marks';
import { Terms } from '../../Terms';
import { nameOf, onsetSentence } from '../describe';
import { edgeHealth } from '../edgeHealth';
import type { Selection } from '../useTopologyChoices';
import { Section } from './Section';
import { TcpTerms } from './TcpTerms';
import { TrafficTerms } from './TrafficTerms';

/** Everything that is known of a call. */
export function EdgeDetails(props: {
  edge: TopologyEdge;
  topology: Topology;
  onSelect: (selection: Selection) => void;
}) {
  const { edge, topology, onSelect } = props;
  const { t, format } = useFormat();
  const cluster =
    topology.nodes.find(({ id }) => id === edge.target)?.cluster ?? '';
  const { queries } = useQueries(undefined, cluster);
  const { encryption } = edge;
  const nodeLink = (id: string) => (
    <Link
      component="button"
      variant="body2"
      underline="always"
      onClick={() => onSelect(`node:${id}`)}
    >
      {nameOf(topology, id)}
    </Link>
  );
  const versions = Object.entries(edge.versions);
  return (
    <>
      <HealthMark status={edgeHealth(edge)} />
      {edge.onset && (
        <Typography variant="body2">
          {onsetSentence(edge.onset, format, t)}
        </Typography>
      )}
      <Terms
        terms={[
          { name: t('topology.table.source'), value: nodeLink(edge.source) },
          { name: t('topology.table.target'), value: nodeLink(edge.target) },
          { name: t('topology.panel.protocol'), value: edge.protocol },
          {
            name: t('topology.panel.reporter'),
            value: t(`topology.reporter.${edge.reporter}`),
          },
        ]}
      />
      <Section title={t('topology.panel.encryption')}>
        <Typography variant="body2">
          <EncryptionMark encryption={encryption} decorative />{' '}
          {describeEncryption(encryption, format, t)}
        </Typography>
        {encryption.status === 'known' && (
          <Terms
            terms={(
              [
                ['encryptedRate', encryption.value.encryptedPerSecond],
                ['plaintextRate', encryption.value.plaintextPerSecond],
              ] as const
            ).map(([figure, value]) => ({
              name: t(`figure.${figure}`),
              value: (
                <MeasuredFigure
                  kind="rate"
                  label={t(`figure.${figure}`)}
                  value={{ status: 'known', value }}
                  query={edge.protocol === 'tcp' ? 'tcp' : 'requests'}
                  cluster={cluster}
                />
              ),
            }))}
          />
        )}
      </Section>
      {edge.protocol !== 'tcp' && (
        <Section title={t('topology.panel.traffic.call')}>
          <TrafficTerms traffic={edge.traffic} cluster={cluster} />
        </Section>
      )}
      {edge.tcp && (
        <Section title={t('topology.panel.tcp')}>
          <TcpTerms tcp={edge.tcp} cluster={cluster} />
        </Section>
      )}
      {versions.length > 0 && (
        <Section title={t('topology.panel.answeredBy')}>
          <Terms
            terms={versions.map(([version, rate]) => ({
              name: version || t('topology.node.noVersion'),
              value: (
                <MeasuredFigure
                  kind="rate"
                  label={`${t('figure.requestsPerSecond')}, ${version}`}
                  value={{ status: 'known', value: rate }}
                  query="requests"
                  cluster={cluster}
                />
              ),
            }))}
          />
        </Section>
      )}
      {queries.length > 0 && (
        <Section title={t('topology.panel.queries')}>
          <QueryList queries={queries} />
        </Section>
      )}
    </>
  );
}
