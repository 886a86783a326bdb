import { makeStyles } from '@material-ui/core/styles';
import { Handle, NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { useFormat } from '../../../format';
import { useTones } from '../../../theme';
import { HealthIcon, Unseen } from '../../Marks';
import { Badges } from '../Badges';
import { hurtOf, proxyRemark, shortFigures, whoseOwn } from '../describe';
import type { ServiceFlowNode } from './graphElements';
import { KindIcon } from './KindIcon';
import { hasBadges, nodeShape, shownVersions } from './nodeSize';
import { VersionLine } from './VersionLine';

const line = {
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;

const useStyles = makeStyles(theme => ({
  node: {
    boxSizing: 'border-box',
    height: '100%',
    // The border is inside the box, so that the sums of nodeSize hold.
    padding: `${nodeShape.padding - 1}px ${nodeShape.padding}px`,
    borderRadius: theme.shape.borderRadius * 2,
    border: `1px solid ${theme.palette.divider}`,
    borderLeftWidth: 5,
    backgroundColor: theme.palette.background.paper,
    color: theme.palette.text.primary,
    cursor: 'pointer',
    textAlign: 'left',
    '&:focus-visible': {
      outline: `3px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  external: { borderStyle: 'dashed', borderLeftStyle: 'solid' },
  title: {
    display: 'flex',
    alignItems: 'center',
    gap: 4,
    height: nodeShape.titleHeight,
    fontSize: '0.875rem',
  },
  name: { ...line, flex: 1 },
  own: { fontWeight: 700 },
  line: {
    ...line,
    height: nodeShape.lineHeight,
    fontSize: '0.75rem',
    lineHeight: `${nodeShape.lineHeight}px`,
  },
  // Rate, failures and p95 have room beside each other in Chinese too.
  figures: { letterSpacing: '-0.02em', wordSpacing: '-0.1em' },
  secondary: { color: theme.palette.text.secondary },
  badges: {
    display: 'flex',
    alignItems: 'center',
    height: nodeShape.badgesHeight,
    overflow: 'hidden',
  },
  handle: {
    opacity: 0,
    pointerEvents: 'none',
  },
}));

/** A service with its versions, or whoever else takes part in a call. */
export const ServiceNode = memo((props: NodeProps<ServiceFlowNode>) => {
  const { node, topology, selected, found, current } = props.data;
  const { t, format } = useFormat();
  const tones = useTones();
  const classes = useStyles();
  const hurt = hurtOf(topology, node.id, t);
  const { rate, errors, p95 } = shortFigures(node.traffic, format);
  const place = [
    node.relation === 'own' ? whoseOwn(topology, t) : undefined,
    node.kind === 'external' ? t('topology.node.external') : undefined,
    proxyRemark(node, t),
    node.kind === 'external' ? undefined : node.namespace,
    node.versions.length === 1 ? node.versions[0].name : undefined,
    new Set(topology.nodes.map(({ cluster }) => cluster)).size > 1
      ? node.cluster
      : undefined,
  ]
    .filter(Boolean)
    .join(' · ');
  const ring = selected || found ? tones.accent.mark : undefined;

  return (
    <div
      role="button"
      tabIndex={current ? 0 : -1}
      aria-pressed={selected}
      data-node={node.id}
      className={`${classes.node} ${
        node.kind === 'external' ? classes.external : ''
      }`}
      style={{
        borderLeftColor: tones[node.health.status].mark,
        boxShadow: ring && `0 0 0 ${selected ? 3 : 2}px ${ring}`,
      }}
    >
      <Handle
        type="target"
        position={Position.Left}
        className={classes.handle}
        isConnectable={false}
      />
      <div className={classes.title}>
        {node.kind !== 'service' && <KindIcon kind={node.kind} />}
        <span
          className={`${classes.name} ${
            node.relation === 'own' ? classes.own : ''
          }`}
        >
          <Unseen>{t(`topology.node.${node.kind}`)}</Unseen> {node.name}
          <Unseen>
            , {t(`topology.relation.${node.relation}`)},{' '}
            {t(`health.${node.health.status}`)},
          </Unseen>
        </span>
        <HealthIcon status={node.health.status} />
      </div>
      {hurt ? (
        <div className={classes.line} style={{ color: tones.failing.text }}>
          {hurt}
        </div>
      ) : (
        <div className={`${classes.line} ${classes.secondary}`}>{place}</div>
      )}
      <div className={`${classes.line} ${classes.figures}`}>
        {rate} · {t('topology.edge.errors', { percent: errors })} ·{' '}
        <Unseen>p95</Unseen> {p95}
      </div>
      {shownVersions(node).map(version => (
        <VersionLine key={version.name} version={version} />
      ))}
      {hasBadges(node) && (
        <div className={classes.badges}>
          <Badges node={node} />
        </div>
      )}
      <Handle
        type="source"
        position={Position.Right}
        className={classes.handle}
        isConnectable={false}
      />
    </div>
  );
});
