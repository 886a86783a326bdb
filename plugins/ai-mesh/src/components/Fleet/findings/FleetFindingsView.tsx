import EmptyIcon from '@material-ui/icons/DoneAll';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { useSearchParam, useWholeFleet } from '../../../hooks';
import { useAiMeshTranslation } from '../../../translation';
import { ALL, parseCode } from '../../Review/filterFindings';
import { ScreenFrame } from '../../Screen/ScreenFrame';
import { Message } from '../../States';
import { FleetAwaited } from '../FleetAwaited';
import { CodesTable } from './CodesTable';
import { codesIn } from './codesIn';
import { ServicesOfCode } from './ServicesOfCode';

/** What the reviews of all services find, by its code, to be mended in several of them together. */
export function FleetFindingsView() {
  const { t } = useAiMeshTranslation();
  const polled = useWholeFleet();
  const { data } = polled;
  const [wanted, choose] = useSearchParam('code', parseCode, ALL);
  const codes = codesIn(data?.rows ?? []);
  const chosen = codes.find(({ code }) => code === wanted);
  const notKnown =
    data?.rows.filter(({ findingCodes }) => !findingCodes).length ?? 0;
  return (
    <ScreenFrame polled={polled}>
      <Typography>{t('fleet.findings.body')}</Typography>
      {notKnown > 0 && (
        <Typography variant="body2">
          {t('fleet.findings.notKnown', { count: notKnown })}
        </Typography>
      )}
      <FleetAwaited polled={polled} heights={[240]} />
      {data && codes.length === 0 && notKnown === 0 && (
        <Message
          icon={EmptyIcon}
          title={t('fleet.findings.none')}
          body={t('fleet.findings.noneNext')}
        />
      )}
      {codes.length > 0 && (
        <Paper variant="outlined">
          <CodesTable codes={codes} chosen={chosen?.code} onChoose={choose} />
        </Paper>
      )}
      {chosen && <ServicesOfCode key={chosen.code} found={chosen} />}
    </ScreenFrame>
  );
}
