import type {
  CanaryCheck,
  CanaryGateResult,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { Said } from '../../Marks';
import { useTableStyles } from '../../Tables';
import type { VersionNames } from '../versionName';
import { bound } from './bound';
import { gateName } from './gateName';
import { MeanTest } from './MeanTest';
import { MeasurementFigure } from './MeasurementFigure';
import { OutcomeMark } from './OutcomeMark';
import { ShareTest } from './ShareTest';

/** Worst first; a gate that does not apply is of least interest. */
const order: Array<CanaryGateResult['outcome']> = [
  'breach',
  'hold',
  'pass',
  'not-applicable',
];

const useStyles = makeStyles(theme => ({
  message: { color: theme.palette.text.secondary, minWidth: 200 },
  bound: { minWidth: 120 },
}));

/** Every gate: what it measured of both versions, its bounds, and what it says. */
export function GatesTable(props: {
  label: string;
  check: CanaryCheck;
  versions: VersionNames;
}) {
  const { label, check, versions } = props;
  const { t, language } = useAiMeshTranslation();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const gates = [...check.gates].sort(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome),
  );
  return (
    <div className={scroll}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            <TableCell>{t('canary.gates.gate')}</TableCell>
            <TableCell align="right">{versions.canary}</TableCell>
            <TableCell align="right">{versions.stable}</TableCell>
            <TableCell>{t('canary.gates.advanceWhen')}</TableCell>
            <TableCell>{t('canary.gates.rollBackWhen')}</TableCell>
            <TableCell>{t('canary.gates.verdict')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {gates.map(gate => {
            const name = gateName(gate, t, language);
            const figureOf = (role: 'canary' | 'stable') => (
              <MeasurementFigure
                label={t('canary.gates.of', {
                  gate: name,
                  version: versions[role],
                })}
                unit={gate.unit}
                measurement={gate[role]}
              />
            );
            return (
              <TableRow key={gate.gate}>
                <TableCell component="th" role="rowheader" scope="row">
                  {name}
                </TableCell>
                <TableCell align="right">{figureOf('canary')}</TableCell>
                <TableCell align="right">{figureOf('stable')}</TableCell>
                <TableCell className={classes.bound}>
                  <Said
                    of={bound(
                      gate.bounds.advanceWhen,
                      gate.bounds.advanceWords,
                    )}
                  />
                </TableCell>
                <TableCell className={classes.bound}>
                  <Said
                    of={bound(
                      gate.bounds.rollBackWhen,
                      gate.bounds.rollBackWords,
                    )}
                  />
                </TableCell>
                <TableCell className={classes.message}>
                  <OutcomeMark outcome={gate.outcome} />
                  <Typography variant="body2">
                    <Said of={gate} />
                  </Typography>
                  {gate.test && (
                    <ShareTest
                      name={name}
                      test={gate.test}
                      versions={versions}
                    />
                  )}
                  <MeanTest name={name} gate={gate} versions={versions} />
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
