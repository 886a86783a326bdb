import type { AiMeshDownload } from '@ai-mesh/plugin-ai-mesh-common';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import DownloadIcon from '@material-ui/icons/GetApp';
import { useState } from 'react';
import { aiMeshApiRef } from '../../api';
import { useMoment } from '../../hooks';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { saveFile } from '../Figures';
import { KeepInGit } from '../KeepInGit';
import { FollowedRequests } from '../Requests';
import { Choice } from '../Screen';
import { textBy } from '../States';

const files = ['prometheus', 'operator', 'dashboard'] as const;
type File = (typeof files)[number];

const useStyles = makeStyles(theme => ({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** The objectives to take along: as rules for Prometheus or its operator, and as a dashboard for Grafana. */
export function Downloads(props: { entityRef: string; clusters: string[] }) {
  const { entityRef, clusters } = props;
  const api = useApi(aiMeshApiRef);
  const { t } = useAiMeshTranslation();
  const [at] = useMoment();
  const tones = useTones();
  const classes = useStyles();
  const [chosen, setCluster] = useState<string>();
  const cluster = chosen ?? clusters[0];
  const [busy, setBusy] = useState<File>();
  const [said, setSaid] = useState<{ failed: boolean; text: string }>();

  const fetchFile = (file: File): Promise<AiMeshDownload> =>
    file === 'dashboard'
      ? api.sloDashboard(entityRef)
      : api.sloRules(entityRef, {
          format: file,
          ...(clusters.length > 1 && { cluster }),
        });

  const download = async (file: File) => {
    setBusy(file);
    setSaid(undefined);
    try {
      const got = await fetchFile(file);
      saveFile(got);
      setSaid({
        failed: false,
        text: t('slos.download.done', { name: got.fileName }),
      });
    } catch (error) {
      setSaid({
        failed: true,
        text: t('slos.download.failed', { reason: textBy(asError(error), t) }),
      });
    } finally {
      setBusy(undefined);
    }
  };

  return (
    <div role="group" aria-label={t('slos.download.title')}>
      <div className={classes.buttons}>
        {clusters.length > 1 && (
          <Choice
            label={t('slos.download.cluster')}
            value={cluster}
            onChange={setCluster}
            options={clusters.map(value => ({ value, label: value }))}
          />
        )}
        {files.map(file => (
          <Button
            key={file}
            size="small"
            variant="outlined"
            startIcon={<DownloadIcon />}
            disabled={busy !== undefined}
            onClick={() => download(file)}
          >
            {t(`slos.download.${file}`)}
          </Button>
        ))}
        <KeepInGit
          kept={{
            entityRef,
            rules: 'operator',
            ...(clusters.length > 1 && { cluster }),
          }}
          label={t('slos.download.keep')}
        />
      </div>
      <Typography
        variant="body2"
        role="status"
        style={said?.failed ? { color: tones.failing.text } : undefined}
      >
        {said?.text}
      </Typography>
      {!at && (
        <FollowedRequests entityRef={entityRef} request={{ kind: 'rules' }} />
      )}
    </div>
  );
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
