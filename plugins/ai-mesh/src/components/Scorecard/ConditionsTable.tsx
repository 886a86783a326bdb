import type { CheckCondition } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useFormat } from '../../format';
import { Age, behind, between, Explained } from '../Figures';
import { CheckOutcomeMark } from './CheckOutcomeMark';
import {
  boundWords,
  factWords,
  formatFact,
  unknownWords,
} from './scorecardWords';

/** Each fact that a check looks at: what it is, what it is to be, and since when. */
export function ConditionsTable(props: {
  title: string;
  conditions: readonly CheckCondition[];
}) {
  const { t, format, language } = useFormat();
  return (
    <Table
      size="small"
      aria-label={t('scorecard.conditions', { title: props.title })}
    >
      <TableHead>
        <TableRow>
          <TableCell>{t('scorecard.column.fact')}</TableCell>
          <TableCell>{t('scorecard.column.value')}</TableCell>
          <TableCell>{t('scorecard.column.bound')}</TableCell>
          <TableCell>{t('scorecard.column.outcome')}</TableCell>
          <TableCell>{t('scorecard.column.since')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.conditions.map((condition, index) => {
          const { fact, value, outcome } = condition;
          const { title, description, measured } = factWords(fact, language);
          return (
            <TableRow key={`${fact} ${index}`}>
              <TableCell component="th" scope="row">
                <Explained
                  by={
                    description === undefined
                      ? fact
                      : t('scorecard.fact', {
                          name: fact,
                          description,
                          measured: measured ?? '',
                        })
                  }
                >
                  {title}
                </Explained>
              </TableCell>
              <TableCell>
                {value.status === 'known' ? (
                  formatFact(fact, value.value, value.currency, { t, format })
                ) : (
                  <>
                    {t('unknown.name')}
                    {t('text.colon')}
                    {unknownWords(value, { t, format })}
                    {value.last && (
                      <>
                        {behind(unknownWords(value, { t, format }))}
                        {t('scorecard.last', {
                          value: formatFact(
                            fact,
                            value.last.value,
                            value.last.currency,
                            { t, format },
                          ),
                        })}
                        {between(t)}
                        <Age at={value.last.at} />
                      </>
                    )}
                  </>
                )}
              </TableCell>
              <TableCell>{boundWords(condition, { t, format })}</TableCell>
              <TableCell>
                <CheckOutcomeMark outcome={outcome} />
              </TableCell>
              <TableCell>
                {value.since ? <Age at={value.since} /> : '–'}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
