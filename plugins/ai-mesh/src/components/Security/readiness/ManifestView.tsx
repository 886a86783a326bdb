import type { StrictManifest } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { between, Code, CopyButton } from '../../Figures';
import { KeepInGit } from '../../KeepInGit';
import { Said, ToneMark } from '../../Marks';
import type { OpenedObject } from '../../Objects';
import { NotShown } from '../../Tables';
import { SubPart } from '../Part';
import { RefusedTable } from './RefusedTable';

const useStyles = makeStyles(theme => ({
  beside: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 3fr)',
    gap: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
}));

/** A manifest that switches to STRICT, beside what that does. */
export function ManifestView(props: {
  manifest: StrictManifest;
  cluster: string;
  /** Nobody is in its way. */
  isReady: boolean;
  onOpen: (object: OpenedObject) => void;
}) {
  const { manifest, cluster, isReady, onOpen } = props;
  const { scope, object, creates, yaml, exceptions, workloads } = manifest;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const entityRef = stringifyEntityRef(useEntity().entity);
  const title = t(
    creates ? 'security.manifest.creates' : 'security.manifest.changes',
    {
      name: object.name,
      scope: t(`security.manifest.scope.${scope}`),
    },
  );
  const preview = t('security.manifest.wouldRefuse', { name: object.name });
  return (
    <SubPart title={title}>
      <div className={classes.beside}>
        <div>
          <Code label={t('security.manifest.yaml', { name: object.name })}>
            {yaml}
          </Code>
          <CopyButton
            text={yaml}
            label={t('security.manifest.copy', { name: object.name })}
          />
          {isReady && (
            <KeepInGit
              kept={{ entityRef, strict: scope, cluster }}
              label={t('security.manifest.keep', { name: object.name })}
            />
          )}
        </div>
        <div>
          <Typography variant="body2" gutterBottom>
            {t('security.manifest.workloads', {
              count: workloads.length,
              names: workloads.map(({ name }) => name).join(t('text.and')),
            })}
          </Typography>
          {exceptions.map(({ port, mode, ...sentences }) => (
            <Typography key={port} variant="body2" gutterBottom>
              {t('security.manifest.exception', { port: String(port), mode })}
              {between(t)}
              <Said of={sentences} />
            </Typography>
          ))}
          {manifest.wouldRefuse.length === 0 ? (
            <ToneMark tone="healthy">
              {t('security.manifest.refusesNobody')}
            </ToneMark>
          ) : (
            <>
              <Typography variant="body2" component="h5">
                {preview}
              </Typography>
              <RefusedTable
                label={preview}
                refused={manifest.wouldRefuse}
                cluster={cluster}
                onOpen={onOpen}
              />
              <NotShown more={manifest.moreRefused} />
            </>
          )}
        </div>
      </div>
    </SubPart>
  );
}
