import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useAiMeshTranslation } from '../../../translation';
import { useTableStyles } from '../../Tables';
import { Field } from './Field';
import { fieldMessage } from './fieldMessages';
import { absoluteGates, boundsOf, type GateKey, gateNames } from './gatesDraft';
import type { DraftProps } from './PlanFields';

const useStyles = makeStyles({
  gate: { display: 'flex', alignItems: 'center' },
});

const gates = Object.keys(gateNames) as GateKey[];

/** What a canary is judged by, and from where on. */
export function GateFields(props: DraftProps) {
  const { draft, issues, onChange } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const change = (
    gate: GateKey,
    part: Partial<(typeof draft.gates)[GateKey]>,
  ) =>
    onChange({
      gates: { ...draft.gates, [gate]: { ...draft.gates[gate], ...part } },
    });
  return (
    <div className={scroll}>
      <Table size="small" aria-label={t('canary.form.gates')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('canary.gates.gate')}</TableCell>
            <TableCell>{t('canary.gates.advanceWhen')}</TableCell>
            <TableCell>{t('canary.gates.rollBackWhen')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {gates.map(gate => {
            const name = t(`canary.gate.${gateNames[gate]}`);
            const paths = boundsOf(gate);
            const unit = absoluteGates.includes(gate) ? 'percent' : 'times';
            const { enabled } = draft.gates[gate];
            const bound = (side: 'advance' | 'rollBack') => (
              <Field
                label={t(`canary.form.bound.${side}.${unit}`)}
                value={draft.gates[gate][side]}
                disabled={!enabled}
                error={fieldMessage(`gates.${gate}.${paths[side]}`, issues, t)}
                inputProps={{
                  inputMode: 'decimal',
                  'aria-label': `${name}: ${t(`canary.form.bound.${side}.${unit}`)}`,
                }}
                onChange={value => change(gate, { [side]: value })}
              />
            );
            return (
              <TableRow key={gate}>
                <TableCell component="th" role="rowheader" scope="row">
                  <div className={classes.gate}>
                    <Checkbox
                      size="small"
                      color="primary"
                      checked={enabled}
                      inputProps={{ 'aria-label': name }}
                      onChange={(_, checked) =>
                        change(gate, { enabled: checked })
                      }
                    />
                    {name}
                  </div>
                </TableCell>
                <TableCell>{bound('advance')}</TableCell>
                <TableCell>{bound('rollBack')}</TableCell>
              </TableRow>
            );
          })}
          <TableRow>
            <TableCell component="th" role="rowheader" scope="row">
              {t('canary.form.objective')}
            </TableCell>
            <TableCell colSpan={2}>
              <Field
                label={t('canary.form.objectiveMs')}
                value={draft.gates.objectiveMs}
                disabled={!draft.gates.latencyP99.enabled}
                help={t('canary.form.objectiveHelp')}
                error={fieldMessage('gates.latencyP99.objectiveMs', issues, t)}
                inputProps={{ inputMode: 'decimal' }}
                onChange={objectiveMs =>
                  onChange({ gates: { ...draft.gates, objectiveMs } })
                }
              />
            </TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </div>
  );
}
