import type { AppliedPolicy } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useFormat } from '../../../format';
import { ObjectButton, type OpenedObject } from '../../Objects';
import { useTableStyles } from '../../Tables';

/** The policies that have a say, in the order in which Istio asks them. */
export function PoliciesTable(props: {
  policies: AppliedPolicy[];
  onOpen: (object: OpenedObject) => void;
}) {
  const { policies, onOpen } = props;
  const { t, format } = useFormat();
  const { scroll } = useTableStyles();
  const order: AppliedPolicy['action'][] = ['CUSTOM', 'DENY', 'AUDIT', 'ALLOW'];
  const asked = [...policies].sort(
    (a, b) => order.indexOf(a.action) - order.indexOf(b.action),
  );
  return (
    <div className={scroll}>
      <Table size="small" aria-label={t('security.policies.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('security.policies.policy')}</TableCell>
            <TableCell>{t('security.policies.action')}</TableCell>
            <TableCell>{t('security.policies.scope')}</TableCell>
            <TableCell align="right">{t('security.policies.rules')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {asked.map(({ object, action, scope, rules, dryRun, effect }) => (
            <TableRow key={`${object.namespace} ${object.name}`}>
              <TableCell component="th" role="rowheader" scope="row">
                <ObjectButton
                  short
                  object={object}
                  onOpen={() => onOpen({ ref: object })}
                />
              </TableCell>
              <TableCell>
                {action}
                {dryRun &&
                  t('text.aside', { text: t('security.policies.dryRun') })}
                {!dryRun &&
                  effect !== 'full' &&
                  t('text.aside', {
                    text: t(`security.policies.effect.${effect}`),
                  })}
              </TableCell>
              <TableCell>{t(`security.policies.scope.${scope}`)}</TableCell>
              <TableCell align="right">{format.number(rules)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
