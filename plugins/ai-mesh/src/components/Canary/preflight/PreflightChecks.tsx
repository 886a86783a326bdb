import type { CanaryPreflightCheck } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import Typography from '@material-ui/core/Typography';
import OkIcon from '@material-ui/icons/CheckCircleOutline';
import BlocksIcon from '@material-ui/icons/ErrorOutline';
import WarnsIcon from '@material-ui/icons/ReportProblemOutlined';
import { type ComponentType, useState } from 'react';
import { type Tone, useTones } from '../../../theme';
import { useAiMeshTranslation } from '../../../translation';
import { Code, CopyButton } from '../../Figures';
import { Said } from '../../Marks';
import { Disclosure } from '../Disclosure';

type Outcome = CanaryPreflightCheck['outcome'];

const looks: Record<
  Outcome,
  { icon: ComponentType<SvgIconProps>; tone: Tone }
> = {
  blocks: { icon: BlocksIcon, tone: 'failing' },
  warns: { icon: WarnsIcon, tone: 'degraded' },
  ok: { icon: OkIcon, tone: 'healthy' },
};

const order = Object.keys(looks);

const useStyles = makeStyles(theme => ({
  checks: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  check: { display: 'flex', gap: theme.spacing(1) },
  body: { minWidth: 0, overflowWrap: 'anywhere' },
}));

/** What was looked at before anything is written: what blocks first, then what warns; what is well is shown on demand. */
export function PreflightChecks(props: { checks: CanaryPreflightCheck[] }) {
  const { t } = useAiMeshTranslation();
  const [open, setOpen] = useState(false);
  const passed = props.checks.filter(({ outcome }) => outcome === 'ok');
  const urgent = props.checks.filter(({ outcome }) => outcome !== 'ok');
  return (
    <>
      {urgent.length > 0 && (
        <CheckList label={t('canary.preflight.checks')} checks={urgent} />
      )}
      {passed.length > 0 && (
        <Disclosure
          open={open}
          show={t('canary.preflight.showPassed', { count: passed.length })}
          hide={t('canary.preflight.hidePassed')}
          onToggle={() => setOpen(!open)}
        >
          <CheckList label={t('canary.preflight.passed')} checks={passed} />
        </Disclosure>
      )}
    </>
  );
}

function CheckList(props: { label: string; checks: CanaryPreflightCheck[] }) {
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const checks = [...props.checks].sort(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome),
  );
  return (
    <ul className={classes.checks} aria-label={props.label}>
      {checks.map(check => {
        const { code, outcome, message, detail } = check;
        const { icon: Icon, tone } = looks[outcome];
        return (
          <li key={`${code} ${message}`} className={classes.check}>
            <Icon fontSize="small" style={{ color: tones[tone].mark }} />
            <div className={classes.body}>
              <Typography variant="body2">
                <strong style={{ color: tones[tone].text }}>
                  {t(`canary.preflight.outcome.${outcome}`)}
                </strong>{' '}
                <Said of={check} />
              </Typography>
              {detail && (
                <>
                  <Code label={t('canary.preflight.detail')} wrapped>
                    {detail}
                  </Code>
                  <CopyButton
                    text={detail}
                    label={t('canary.preflight.copy')}
                  />
                </>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
