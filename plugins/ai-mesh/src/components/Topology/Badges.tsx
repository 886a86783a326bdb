import type { Badge, TopologyNode } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import Tooltip from '@material-ui/core/Tooltip';
import FaultIcon from '@material-ui/icons/BugReportOutlined';
import SplitIcon from '@material-ui/icons/CallSplit';
import MirrorIcon from '@material-ui/icons/FileCopyOutlined';
import BreakerIcon from '@material-ui/icons/OfflineBoltOutlined';
import RetriesIcon from '@material-ui/icons/Replay';
import TimeoutIcon from '@material-ui/icons/TimerOutlined';
import type { ComponentType } from 'react';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { severityLooks } from '../Review/SeverityMark';
import { countsInWords, worstSeverity } from '../Review/worstFindings';
import { badgeName } from './describe';

const icons: Record<Badge['kind'], ComponentType<SvgIconProps>> = {
  'circuit-breaker': BreakerIcon,
  timeout: TimeoutIcon,
  retries: RetriesIcon,
  fault: FaultIcon,
  mirror: MirrorIcon,
  split: SplitIcon,
};

const useStyles = makeStyles(theme => ({
  badges: { display: 'inline-flex', flexWrap: 'wrap', gap: 6 },
  badge: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 2,
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
}));

/**
 * A mark for every setting of the mesh that works on a service; a breaker that acts says so in words. The first is what
 * the review finds, with the number of its worst.
 */
export function Badges(props: { node: TopologyNode }) {
  const { node } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const acts =
    node.breaker.status === 'open' || node.breaker.status === 'ejecting';
  return (
    <span className={classes.badges}>
      <FindingsBadge node={node} />
      {node.badges.map(badge => {
        const Icon = icons[badge.kind];
        const name = badgeName(node, badge, t);
        const alarming = badge.kind === 'circuit-breaker' && acts;
        return (
          <Tooltip key={`${badge.kind} ${badge.detail}`} title={name}>
            <span
              role="img"
              aria-label={name}
              className={classes.badge}
              style={alarming ? { color: tones.failing.text } : undefined}
            >
              <Icon style={{ fontSize: 16 }} />
              {alarming && t(`breaker.status.${node.breaker.status}`)}
            </span>
          </Tooltip>
        );
      })}
    </span>
  );
}

function FindingsBadge({ node: { findings } }: { node: TopologyNode }) {
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const worst = worstSeverity(findings);
  if (!findings || !worst) {
    return null;
  }
  const { tone, Icon } = severityLooks[worst];
  const name = t('topology.badge.findings', {
    detail: countsInWords(findings, t),
  });
  return (
    <Tooltip title={name}>
      <span
        role="img"
        aria-label={name}
        className={classes.badge}
        style={{ color: tones[tone].text }}
      >
        <Icon style={{ fontSize: 16 }} />
        {findings[worst]}
      </span>
    </Tooltip>
  );
}
