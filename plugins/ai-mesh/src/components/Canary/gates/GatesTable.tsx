import type {
  CanaryCheck,
  CanaryGateResult,
} from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useAiMeshTranslation } from '../../../translation';
import { useTableStyles } from '../../Tables';
import type { VersionNames } from '../versionName';
import { GateRows } from './GateRows';

/** Worst first; a gate that does not apply is of least interest. */
const order: Array<CanaryGateResult['outcome']> = [
  'breach',
  'hold',
  'pass',
  'not-applicable',
];

/** Every gate: what it measured of both versions, and what that comes to by its bounds. */
export function GatesTable(props: {
  label: string;
  check: CanaryCheck;
  versions: VersionNames;
}) {
  const { label, check, versions } = props;
  const { t } = useAiMeshTranslation();
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
            <TableCell>{t('canary.gates.verdict')}</TableCell>
          </TableRow>
        </TableHead>
        {gates.map(gate => (
          <GateRows key={gate.gate} gate={gate} versions={versions} />
        ))}
      </Table>
    </div>
  );
}
