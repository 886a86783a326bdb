import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../../format';
import { Age } from '../../Figures';
import { Said } from '../../Marks';
import type { VersionNames } from '../versionName';
import { CallersList } from './CallersList';
import { GatesTable } from './GatesTable';

/** The latest look at a canary: when, over which window, and gate by gate. */
export function CheckSection(props: {
  check: CanaryCheck | undefined;
  versions: VersionNames;
}) {
  const { check, versions } = props;
  const { t, format } = useFormat();
  if (!check) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('canary.gates.none')}
      </Typography>
    );
  }
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {t('canary.gates.measured', {
          window: format.duration(check.windowSeconds * 1000),
        })}{' '}
        <Age at={check.at} />
      </Typography>
      {check.leftOut && (
        <Typography variant="body2" color="textSecondary">
          <Said of={{ message: check.leftOut, words: check.leftOutWords }} />
        </Typography>
      )}
      <GatesTable
        label={t('canary.gates.title')}
        check={check}
        versions={versions}
      />
      {check.byCluster && <CallersList callers={check.byCluster} />}
    </>
  );
}
