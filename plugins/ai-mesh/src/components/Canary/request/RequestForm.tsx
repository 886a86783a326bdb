import {
  type CanaryAcross,
  canaryMayStart,
  type CanaryOptions,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { aiMeshCanaryApiRef } from '../../../api';
import { useMay } from '../../../hooks';
import { useAiMeshTranslation } from '../../../translation';
import { ActionFailure } from '../actions/ActionFailure';
import { GuardedButton } from '../actions/GuardedButton';
import { whyNotRequest } from '../actions/whyNot';
import { Disclosure } from '../Disclosure';
import { Panel } from '../Panel';
import { PatchDiff } from '../preflight/PatchDiff';
import { ClusterFields } from './ClusterFields';
import { Field } from './Field';
import { GateFields } from './GateFields';
import { OptionFields } from './OptionFields';
import { draftOf, readDraft, weightsOf } from './planDraft';
import { PlanFields } from './PlanFields';
import { PresetFields } from './PresetFields';
import { presetOf, withPreset } from './presets';
import { PlanPanel } from './PlanPanel';
import { PreflightPanel } from './PreflightPanel';
import { QualityGateFields } from './QualityGateFields';
import { otherClusters, selectionOf } from './subjectChoices';
import { SubjectFields } from './SubjectFields';
import { usePreview } from './usePreview';
import { useSubject } from './useSubject';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: theme.spacing(2),
    alignItems: 'start',
    [theme.breakpoints.down('md')]: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'stretch',
    },
  },
  column: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  /** However far somebody has scrolled through the fields, what they come to and the button are there. */
  beside: {
    position: 'sticky',
    top: 0,
    maxHeight: '100vh',
    overflowY: 'auto',
    // Below each other only the button stays, with what the preflight found.
    [theme.breakpoints.down('md')]: { display: 'contents' },
  },
  /** Even where what is beside the fields is itself longer than the window. */
  send: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    padding: theme.spacing(1, 0),
    backgroundColor: theme.palette.background.default,
  },
  found: { [theme.breakpoints.up('lg')]: { display: 'none' } },
}));

/** Asks for a canary; what it would do is shown beside the fields before it is asked for. */
export function RequestForm(props: {
  entityRef: string;
  options: CanaryOptions;
}) {
  const { entityRef, options } = props;
  const api = useApi(aiMeshCanaryApiRef);
  const may = useMay(entityRef);
  const navigate = useNavigate();
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const subject = useSubject(options);
  const [draft, setDraft] = useState(() => draftOf(options.defaults));
  const [across, setAcross] = useState<{
    also: string[];
    order: CanaryAcross['order'];
  }>({ also: [], order: 'one-after-another' });
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [detailed, setDetailed] = useState(false);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<Error>();
  // One form asks once, however often its answer is lost on the way.
  const [idempotencyKey] = useState(() => crypto.randomUUID());

  const { service, route, stable, canary } = subject;
  const leastIntervalSeconds = service?.leastIntervalSeconds;
  const { plan, issues } = readDraft(draft, leastIntervalSeconds);
  const elsewhere = service ? otherClusters(options.services, service) : [];
  const also = across.also.filter(cluster => elsewhere.includes(cluster));
  const complete =
    plan && service && route && stable && canary && stable !== canary
      ? {
          entityRef,
          service: service.service,
          route: selectionOf(route),
          stable: stable.version,
          canary: canary.version,
          plan,
          ...(also.length > 0 && {
            across: {
              clusters: [service.service.cluster, ...also],
              order: across.order,
            },
          }),
        }
      : undefined;
  const preview = usePreview(complete);
  const isPool = canary !== undefined && 'pool' in canary.version;
  const qualityGates = (options.qualityGates ?? []).filter(
    ({ onlyPools }) => isPool || !onlyPools,
  );
  const outlook = preview.preflight?.outlook;
  const powers = new Map(
    outlook?.status === 'known'
      ? outlook.value.presets.map(({ name, power }) => [name, power])
      : [],
  );
  // What is wrong is not to be searched for.
  const open = detailed || issues !== undefined;
  const blocked =
    preview.preflight !== undefined && !canaryMayStart(preview.preflight);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!complete || !reason.trim()) {
      return;
    }
    setSending(true);
    setError(undefined);
    try {
      const { id } = await api.requestCanary({
        ...complete,
        reason: reason.trim(),
        idempotencyKey,
      });
      navigate(`../canary/${id}`);
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
      setSending(false);
    }
  };

  const countOf = (outcome: CanaryPreflightCheck['outcome']) =>
    preview.preflight?.checks.filter(check => check.outcome === outcome).length;
  let why = whyNotRequest(entityRef, may, t);
  if (sending) {
    why = t('canary.may.underway');
  } else if (!complete) {
    why ??= t('canary.form.incomplete');
  } else if (blocked) {
    why ??= t('canary.form.blocked');
  }
  const fields = {
    draft,
    issues,
    leastIntervalSeconds,
    onChange: (change: Partial<typeof draft>) =>
      setDraft(before => ({ ...before, ...change })),
  };
  return (
    <form
      className={classes.columns}
      onSubmit={submit}
      noValidate
      aria-label={t('canary.request.title')}
    >
      <div className={classes.column}>
        <Panel title={t('canary.form.subject')}>
          <SubjectFields services={options.services} subject={subject} />
          <Field
            label={t('canary.reason.label')}
            multiline
            required
            fullWidth
            value={reason}
            help={t('canary.form.reasonHelp')}
            error={
              tried && !reason.trim() ? t('canary.reason.missing') : undefined
            }
            inputProps={{ maxLength: 2000 }}
            onChange={setReason}
          />
        </Panel>
        {service && elsewhere.length > 0 && (
          <Panel title={t('canary.form.clusters')}>
            <ClusterFields
              first={service.service.cluster}
              offered={elsewhere}
              also={also}
              order={across.order}
              onChange={change =>
                setAcross(before => ({ ...before, ...change }))
              }
            />
          </Panel>
        )}
        <Panel title={t('canary.preset.title')}>
          <PresetFields
            presets={options.presets}
            chosen={presetOf(draft, options.presets, leastIntervalSeconds)}
            powers={powers}
            onChoose={preset =>
              setDraft(before =>
                withPreset(before, preset, leastIntervalSeconds),
              )
            }
            onOwn={() => setDetailed(true)}
          />
        </Panel>
        {qualityGates.length > 0 && (
          <Panel title={t('canary.form.quality')}>
            <QualityGateFields {...fields} gates={qualityGates} />
          </Panel>
        )}
        <Disclosure
          open={open}
          show={t('canary.form.details.show')}
          hide={t('canary.form.details.hide')}
          onToggle={() => setDetailed(!open)}
        >
          <div className={classes.column}>
            <Panel title={t('canary.form.plan')}>
              <PlanFields {...fields} />
            </Panel>
            <Panel title={t('canary.form.gates')}>
              <GateFields {...fields} />
            </Panel>
            <Panel title={t('canary.form.options')}>
              <OptionFields {...fields} />
            </Panel>
          </div>
        </Disclosure>
        {preview.preflight && (
          <Panel title={t('canary.diff.title')}>
            <PatchDiff preflight={preview.preflight} />
          </Panel>
        )}
      </div>
      <div className={`${classes.column} ${classes.beside}`}>
        <PreflightPanel preview={preview} />
        <ActionFailure error={error} />
        <div className={classes.send}>
          {preview.preflight && (
            <Typography variant="body2" className={classes.found}>
              {t('canary.form.found', {
                blocks: String(countOf('blocks')),
                warns: String(countOf('warns')),
              })}
            </Typography>
          )}
          <GuardedButton
            type="submit"
            variant="contained"
            color="primary"
            why={why}
          >
            {t('canary.request.send')}
          </GuardedButton>
          {why && (
            <Typography variant="body2" aria-hidden>
              {why}
            </Typography>
          )}
        </div>
        <PlanPanel plan={plan} weights={weightsOf(draft)} preview={preview} />
      </div>
    </form>
  );
}
