import type { CanaryQualityGate } from '@ai-mesh/plugin-ai-mesh-common';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import { Said } from '../../Marks';
import { Disclosure } from '../Disclosure';
import { bound } from '../gates/bound';
import { gateTitle } from '../gates/gateName';
import type { DraftProps } from './PlanFields';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  gate: { display: 'flex', alignItems: 'center' },
});

/** Whether answers are as good: which of the portal's further gates are on, and on demand all, to be chosen from. A required one is on. */
export function QualityGateFields(
  props: Pick<DraftProps, 'draft' | 'onChange'> & {
    gates: CanaryQualityGate[];
  },
) {
  const { draft, gates, onChange } = props;
  const { t, language } = useAiMeshTranslation();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  const chosen = draft.qualityGates ?? [];
  const isOn = ({ name, use }: CanaryQualityGate) =>
    use === 'required' || chosen.includes(name);
  const on = gates
    .filter(isOn)
    .map(({ title }) => gateTitle(title, language))
    .join(t('canary.form.quality.comma'));
  return (
    <div>
      <Typography variant="body2" color="textSecondary">
        {t('canary.form.quality.help')}
      </Typography>
      <Typography variant="body2">
        {on
          ? t('canary.form.quality.on', { gates: on })
          : t('canary.form.quality.none')}
      </Typography>
      <Disclosure
        open={open}
        show={t('canary.form.quality.show', { count: gates.length })}
        hide={t('canary.form.quality.hide')}
        onToggle={() => setOpen(!open)}
      >
        <div className={classes.scroll}>
          <Table size="small" aria-label={t('canary.form.quality')}>
            <TableHead>
              <TableRow>
                <TableCell>{t('canary.gates.gate')}</TableCell>
                <TableCell>{t('canary.gates.advanceWhen')}</TableCell>
                <TableCell>{t('canary.gates.rollBackWhen')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {gates.map(gate => {
                const { name, title, use } = gate;
                const {
                  advanceWhen,
                  advanceWords,
                  rollBackWhen,
                  rollBackWords,
                } = gate;
                const text = gateTitle(title, language);
                return (
                  <TableRow key={name}>
                    <TableCell component="th" role="rowheader" scope="row">
                      <div className={classes.gate}>
                        <Checkbox
                          size="small"
                          color="primary"
                          checked={isOn(gate)}
                          disabled={use === 'required'}
                          inputProps={{ 'aria-label': text }}
                          onChange={(_, checked) =>
                            onChange({
                              qualityGates: checked
                                ? [...chosen, name]
                                : chosen.filter(one => one !== name),
                            })
                          }
                        />
                        <span>
                          {text}
                          {use === 'required' && (
                            <Typography
                              variant="caption"
                              component="div"
                              color="textSecondary"
                            >
                              {t('canary.form.quality.required')}
                            </Typography>
                          )}
                        </span>
                      </div>
                    </TableCell>
                    <TableCell>
                      <Said of={bound(advanceWhen, advanceWords)} />
                    </TableCell>
                    <TableCell>
                      <Said of={bound(rollBackWhen, rollBackWords)} />
                    </TableCell>
                  </TableRow>
                );
              })}
            </TableBody>
          </Table>
        </div>
      </Disclosure>
    </div>
  );
}
