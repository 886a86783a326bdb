import type { Finding, FindingFix } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useEntity } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useFixTemplate } from '../../hooks';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { Code, CopyButton, saveFile } from '../Figures';
import { Unseen } from '../Marks';
import { diffYaml } from './diffYaml';
import { canBeProposed, proposalForm } from './proposal';
import { SourceOfFix } from './SourceOfFix';

const signs = { added: '+', removed: '−', same: ' ' } as const;

const useStyles = makeStyles(theme => ({
  line: { display: 'block', minHeight: '1.4em', padding: theme.spacing(0, 1) },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** What to change so that a finding is gone, to read, to copy and to save. */
export function FixView(props: {
  finding: Finding;
  fix: FindingFix;
  isUnproven: boolean;
}) {
  const { finding, fix, isUnproven } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const entityRef = stringifyEntityRef(useEntity().entity);
  const proposing = useFixTemplate();
  const { kind, name } = fix.object;
  const washes = {
    added: tones.healthy.wash,
    removed: tones.failing.wash,
    same: undefined,
  };
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
      <Code label={t('review.fix.diff', { kind, name })}>
        {diffYaml(fix.before, fix.yaml).map((line, index) => (
          <code
            key={index}
            className={classes.line}
            style={line && { backgroundColor: washes[line.kind] }}
          >
            {line && line.kind !== 'same' && (
              <Unseen>{t(`review.fix.${line.kind}`)} </Unseen>
            )}
            <span aria-hidden>{line ? signs[line.kind] : '⋯'} </span>
            {line?.text}
          </code>
        ))}
      </Code>
      {fix.source && <SourceOfFix source={fix.source} />}
      {proposing && isUnproven && (
        <Typography variant="body2">
          {t('review.fix.unproven', { service: finding.service.name })}
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
          {t('review.fix.how')}{' '}
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
