import {
  type Canary,
  type CanaryDetails,
  canaryPercent,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { inARow } from '../Figures';
import { useFormat } from '../../format';
import { useMay } from '../../hooks';
import { tonesOf, useTones } from '../../theme';
import { useTableStyles } from '../Tables';
import { useAsk } from './actions/ActionDialogs';
import { GuardedButton } from './actions/GuardedButton';
import { whyNot } from './actions/whyNot';
import { Said } from '../Marks';
import { Panel } from './Panel';
import { situationOf } from './situation';
import { StateMark } from './StateMark';

const useStyles = makeStyles(theme => ({
  // Red is for what fails, and the theme's shade of a selected row is.
  present: {
    '& > :first-child': {
      boxShadow: `inset 3px 0 ${tonesOf(theme).accent.mark}`,
    },
  },
}));

/** The canaries of one request, cluster by cluster, and the one way back for all of them. */
export function GroupPanel(props: {
  canary: CanaryDetails;
  onDone: () => void;
}) {
  const { canary, onDone } = props;
  const { group, others = [] } = canary;
  const { t } = useFormat();
  const { scroll } = useTableStyles();
  const classes = useStyles();
  if (!group) {
    return null;
  }
  const seen = [canary, ...others];
  const rows = group.clusters.map(cluster => ({
    cluster,
    member: seen.find(({ service }) => service.cluster === cluster),
  }));
  const able = seen.filter(({ actions }) => actions.includes('rollBack'));
  // What still runs comes first: what was promoted follows it.
  const target = able.find(({ state }) => state !== 'promoted') ?? able[0];
  return (
    <Panel title={t('canary.group.title')}>
      <Typography variant="body2" color="textSecondary">
        {inARow([t(`canary.group.${group.order}`), t('canary.group.all')], t)}
      </Typography>
      <div className={scroll}>
        <Table size="small" aria-label={t('canary.group.title')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('canary.group.cluster')}</TableCell>
              <TableCell>{t('canary.group.state')}</TableCell>
              <TableCell>{t('canary.group.share')}</TableCell>
              <TableCell>{t('canary.group.verdict')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ cluster, member }) => (
              <TableRow
                key={cluster}
                className={
                  member?.id === canary.id ? classes.present : undefined
                }
              >
                <TableCell component="th" role="rowheader" scope="row">
                  {member && member.id !== canary.id ? (
                    <Link to={`../canary/${member.id}`}>{cluster}</Link>
                  ) : (
                    cluster
                  )}
                </TableCell>
                {member ? (
                  <MemberCells member={member} />
                ) : (
                  <TableCell colSpan={3}>{t('canary.group.unseen')}</TableCell>
                )}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {target && <RollBackAll member={target} onDone={onDone} />}
    </Panel>
  );
}

function MemberCells(props: { member: Canary }) {
  const { state, steps, step, weights, drift, next } = props.member;
  const { t, format } = useFormat();
  const { title, said } = situationOf(props.member, t);
  const present = drift?.found ?? weights;
  return (
    <>
      <TableCell>
        <StateMark state={state} />
      </TableCell>
      <TableCell>
        {present
          ? [
              format.percent(canaryPercent(present) / 100),
              step >= 0 &&
                t('canary.steps.present', {
                  number: String(step + 1),
                  total: String(steps.length),
                }),
            ]
              .filter(Boolean)
              .join(' · ')
          : t('canary.group.unwritten')}
      </TableCell>
      <TableCell>
        {next.action === 'wait-for-cluster' &&
          `${t('canary.next.title')}${t('text.colon')}${t('canary.next.wait-for-cluster')}`}
        {next.action !== 'wait-for-cluster' &&
          (said ? <Said of={said} /> : title)}
      </TableCell>
    </>
  );
}

function RollBackAll(props: { member: Canary; onDone: () => void }) {
  const { member, onDone } = props;
  const { t } = useFormat();
  const { failing } = useTones();
  const may = useMay(member.governedBy ?? member.entityRef);
  const ask = useAsk();
  return (
    <div>
      <GuardedButton
        variant="outlined"
        style={{ color: failing.text, borderColor: failing.mark }}
        why={whyNot('rollBack', member, may, t)}
        onClick={() => ask({ canary: member, action: 'rollBack', onDone })}
      >
        {t('canary.group.rollBack')}
      </GuardedButton>
    </div>
  );
}
