import type { CanaryGateResult } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { Said } from '../../Marks';
import { Terms } from '../../Terms';
import type { VersionNames } from '../versionName';
import { bound } from './bound';
import { gateName } from './gateName';
import { MeanTest } from './MeanTest';
import { MeasurementFigure } from './MeasurementFigure';
import { OutcomeMark } from './OutcomeMark';
import { ShareTest } from './ShareTest';

const useStyles = makeStyles(theme => ({
  // Words beside pictures, and one below the other where there is no room.
  details: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
    gap: theme.spacing(1, 4),
  },
  words: { '& p': { marginBottom: theme.spacing(1) } },
}));

/** A gate: its figures with what they come to, and below why, with its bounds. */
export function GateRows(props: {
  gate: CanaryGateResult;
  versions: VersionNames;
}) {
  const { gate, versions } = props;
  const { t, language } = useAiMeshTranslation();
  const classes = useStyles();
  const name = gateName(gate, t, language);
  const { advanceWhen, advanceWords, rollBackWhen, rollBackWords } =
    gate.bounds;
  return (
    <TableBody aria-label={name}>
      <TableRow>
        <TableCell component="th" role="rowheader" scope="row">
          {name}
        </TableCell>
        {(['canary', 'stable'] as const).map(role => (
          <TableCell key={role} align="right">
            <MeasurementFigure
              label={t('canary.gates.of', {
                gate: name,
                version: versions[role],
              })}
              unit={gate.unit}
              measurement={gate[role]}
            />
          </TableCell>
        ))}
        <TableCell>
          <OutcomeMark outcome={gate.outcome} />
        </TableCell>
      </TableRow>
      <TableRow>
        <TableCell colSpan={4}>
          <div className={classes.details}>
            <div className={classes.words}>
              <Typography variant="body2">
                <Said of={gate} />
              </Typography>
              <Terms
                terms={[
                  {
                    name: t('canary.gates.advanceWhen'),
                    value: <Said of={bound(advanceWhen, advanceWords)} />,
                  },
                  {
                    name: t('canary.gates.rollBackWhen'),
                    value: <Said of={bound(rollBackWhen, rollBackWords)} />,
                  },
                ]}
              />
            </div>
            {gate.test && (
              <ShareTest name={name} test={gate.test} versions={versions} />
            )}
            <MeanTest name={name} gate={gate} versions={versions} />
          </div>
        </TableCell>
      </TableRow>
    </TableBody>
  );
}
