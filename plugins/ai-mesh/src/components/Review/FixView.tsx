import type {
  Finding,
  FindingFix,
  FixApplication,
} from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useFixTemplate } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { between, CopyButton, saveFile } from '../Figures';
import { Said } from '../Marks';
import { ApplyNow } from './ApplyNow';
import type { Decision } from './FixDecision';
import { FixDiff } from './FixDiff';
import { canBeProposed, proposalForm } from './proposal';
import { SourceOfFix } from './SourceOfFix';

const useStyles = makeStyles(theme => ({
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** What to change so that a finding is gone, to read, to copy and to save. */
export function FixView(props: {
  finding: Finding;
  fix: FindingFix;
  isUnproven: boolean;
  applications: readonly FixApplication[];
  /** Somebody wants it written into the cluster from here. */
  onDecide: (decision: Decision) => void;
}) {
  const { finding, fix, isUnproven, applications, onDecide } = props;
  const { applicability } = fix;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const entityRef = stringifyEntityRef(useEntity().entity);
  const proposing = useFixTemplate();
  const { kind, name } = fix.object;
  return (
    <div>
      <Typography variant="subtitle2" component="h3">
        {t(
          fix.before === undefined ? 'review.fix.create' : 'review.fix.change',
          {
            kind,
            name,
          },
        )}
      </Typography>
      <FixDiff kind={kind} name={name} before={fix.before} after={fix.yaml} />
      {fix.source && <SourceOfFix source={fix.source} />}
      {proposing && isUnproven && (
        <Typography variant="body2">
          {t('review.fix.unproven', { service: finding.service.name })}
        </Typography>
      )}
      {applicability && applicability.message !== '' && !isUnproven && (
        <Typography variant="body2">
          {t(
            applicability.possible
              ? 'review.apply.mind'
              : 'review.apply.notBecause',
          )}
          {between(t)}
          <Said of={applicability} />
        </Typography>
      )}
      <div className={classes.actions}>
        {proposing && !isUnproven && canBeProposed(fix) && (
          <LinkButton
            size="small"
            color="primary"
            variant="outlined"
            to={proposing(proposalForm(entityRef, [finding]))}
          >
            {t('review.fix.propose')}
          </LinkButton>
        )}
        {applicability?.possible && !isUnproven && (
          <ApplyNow
            finding={finding}
            fix={fix}
            isUnderway={applications.some(
              one =>
                one.finding === finding.id &&
                ['requested', 'approved', 'undoing'].includes(one.state),
            )}
            onDecide={onDecide}
          />
        )}
        <CopyButton text={fix.yaml} label={t('review.fix.copy')} />
        <Button
          size="small"
          startIcon={<DownloadIcon fontSize="small" />}
          onClick={() => saveFile(fileOf(finding, fix))}
        >
          {t(fix.jsonPatch ? 'review.fix.patch' : 'review.fix.manifest')}
        </Button>
      </div>
      {fix.jsonPatch && (
        <Typography variant="caption" component="p" color="textSecondary">
          {t('review.fix.how')}
          {between(t)}
          <code>{`kubectl -n ${fix.object.namespace} patch ${kind.toLowerCase()} ${name} --type=json --patch-file ${fileOf(finding, fix).fileName}`}</code>
        </Typography>
      )}
    </div>
  );
}

function fileOf({ code }: Finding, { object, jsonPatch, yaml }: FindingFix) {
  const base = `${code}-${object.kind}-${object.name}`.toLowerCase();
  return jsonPatch
    ? {
        fileName: `${base}.patch.json`,
        mediaType: 'application/json-patch+json',
        content: `${JSON.stringify(jsonPatch, null, 2)}\n`,
      }
    : {
        fileName: `${base}.yaml`,
        mediaType: 'application/yaml',
        content: yaml,
      };
}
