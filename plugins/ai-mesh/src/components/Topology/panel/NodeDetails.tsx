import type { Topology, TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { BreakerStateView } from '../../Breaker';
import { behind, EndpointsFigure, QueryList, useQueries } from '../../Figures';
import { HealthMark, Said } from '../../Marks';
import { Terms } from '../../Terms';
import { countsInWords } from '../../Review/worstFindings';
import { badgeName, hurtOf, onsetSentence } from '../describe';
import type { Selection } from '../useTopologyChoices';
import { CallList } from './CallList';
import { KialiDetails } from './KialiDetails';
import { Section } from './Section';
import { TcpTerms } from './TcpTerms';
import { TrafficTerms } from './TrafficTerms';
import { VersionsTable } from './VersionsTable';

const useStyles = makeStyles(theme => ({
  links: {
    ...theme.typography.body2,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
}));

/** Everything that is known of a service, caller or provider. */
export function NodeDetails(props: {
  node: TopologyNode;
  topology: Topology;
  onSelect: (selection: Selection) => void;
}) {
  const { node, topology, onSelect } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const { queries } = useQueries(undefined, node.cluster);
  const hurt = hurtOf(topology, node.id, t);
  const found =
    node.findings &&
    (countsInWords(node.findings, t) || t('overview.review.sentence.none'));
  const incoming = topology.edges.filter(({ target }) => target === node.id);
  const outgoing = topology.edges.filter(({ source }) => source === node.id);
  // A pure caller has no received requests: its figures are of what it sent.
  const sends = node.relation === 'caller' && incoming.length === 0;
  return (
    <>
      <div>
        <HealthMark status={node.health.status} />
        <Typography variant="body2">
          <Said of={node.health} />
        </Typography>
        {node.onset && (
          <Typography variant="body2">
            {onsetSentence(node.onset, format, t)}
          </Typography>
        )}
        {hurt && (
          <Typography variant="body2">
            <strong>{hurt}</strong>
          </Typography>
        )}
      </div>
      <Terms
        terms={[
          {
            name: t('topology.panel.kind'),
            value: t(`topology.node.${node.kind}`),
          },
          {
            name: t('topology.panel.relation'),
            value: t(`topology.relation.${node.relation}`),
          },
          {
            name: t('topology.panel.where'),
            value: t('topology.panel.place', {
              namespace: node.namespace ?? '–',
              cluster: node.cluster,
            }),
          },
          {
            name: t('topology.panel.catalog'),
            value: node.entityRef ? (
              <EntityRefLink entityRef={node.entityRef} />
            ) : (
              t('topology.panel.notInCatalog')
            ),
          },
          ...(node.kind === 'external'
            ? []
            : [
                {
                  name: t('topology.proxy.label'),
                  value: t(`topology.proxy.${node.proxy}`),
                },
                {
                  name: t('figure.endpoints'),
                  value: <EndpointsFigure endpoints={node.endpoints} />,
                },
              ]),
        ]}
      />
      <Section
        title={t(`topology.panel.traffic.${sends ? 'sent' : 'received'}`)}
      >
        <TrafficTerms traffic={node.traffic} cluster={node.cluster} />
      </Section>
      {node.tcp && (
        <Section title={t('topology.panel.tcp')}>
          <TcpTerms tcp={node.tcp} cluster={node.cluster} />
        </Section>
      )}
      {node.versions.length > 0 && (
        <Section title={t('topology.panel.versions')}>
          <VersionsTable node={node} />
        </Section>
      )}
      {node.kind !== 'workload' && (
        <Section title={t('topology.panel.breaker')}>
          <BreakerStateView state={node.breaker} cluster={node.cluster} />
        </Section>
      )}
      {node.badges.length > 0 && (
        <Section title={t('topology.panel.settings')}>
          {node.badges.map(badge => (
            <Typography key={`${badge.kind} ${badge.detail}`} variant="body2">
              {badgeName(node, badge, t)}
              <Typography
                variant="caption"
                color="textSecondary"
                component="span"
              >
                {' '}
                {badge.objects
                  .map(({ kind, name }) => `${kind} ${name}`)
                  .join(t('text.and'))}
              </Typography>
            </Typography>
          ))}
        </Section>
      )}
      {found && (
        <Section title={t('overview.review.title')}>
          <Typography variant="body2">
            {found}
            {behind(found)}
            <Link to="../review">{t('overview.review.jump')}</Link>
          </Typography>
        </Section>
      )}
      {incoming.length > 0 && (
        <Section title={t('topology.panel.incoming')}>
          <CallList
            edges={incoming}
            end="source"
            topology={topology}
            onSelect={onSelect}
          />
        </Section>
      )}
      {outgoing.length > 0 && (
        <Section title={t('topology.panel.outgoing')}>
          <CallList
            edges={outgoing}
            end="target"
            topology={topology}
            onSelect={onSelect}
          />
        </Section>
      )}
      {node.kiali && (
        <Section title={t('topology.panel.kiali')}>
          <KialiDetails kiali={node.kiali} />
        </Section>
      )}
      {(node.relation === 'own' || node.links) && (
        <Section title={t('topology.panel.elsewhere')}>
          <ul className={classes.links}>
            {node.relation === 'own' && (
              <li>
                <Link to="../slos">{t('topology.panel.slos')}</Link>
              </li>
            )}
            {node.links?.map(({ title, url }) => (
              <li key={url}>
                <Link to={url} translate="no">
                  {title}
                </Link>
              </li>
            ))}
          </ul>
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
