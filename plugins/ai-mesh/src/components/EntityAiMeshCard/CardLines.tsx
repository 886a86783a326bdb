import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Fragment, ReactNode } from 'react';
import { useFormat } from '../../format';
import {
  Explained,
  Signal,
  SignalFigure,
  textSaid,
  whyUnknown,
} from '../Figures';
import { StateMark } from '../Canary/StateMark';
import { EncryptionWord, HealthMark } from '../Marks';
import { severities, SeverityMark } from '../Review/SeverityMark';
import { AlertMark } from '../Slos/AlertMark';

const useStyles = makeStyles(theme => ({
  lines: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    margin: 0,
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
    '& dt': { color: theme.palette.text.secondary },
    '& dd': {
      display: 'inline-flex',
      flexWrap: 'wrap',
      columnGap: theme.spacing(1),
      margin: theme.spacing(0, 1, 0, 0),
    },
  },
}));

const signals: Signal[] = ['requestsPerSecond', 'errorRatio', 'p95'];

/** How an entity's part of the mesh does in three lines: what arrives, what is promised, what changes. */
export function CardLines(props: { overview: Overview }) {
  const { traffic, mtls, worstSlo, canary, findings } = props.overview;
  const { t } = useFormat();
  const classes = useStyles();
  const worst =
    findings && severities.filter(severity => findings[severity] > 0);
  const lines: Array<Array<[title: string, content: ReactNode]>> = [
    [
      [
        t('overview.traffic.title'),
        <>
          <Explained by={textSaid(traffic.health, t)}>
            <HealthMark status={traffic.health.status} />
          </Explained>
          {signals.map(signal => (
            <SignalFigure
              key={signal}
              traffic={traffic.total}
              signal={signal}
            />
          ))}
        </>,
      ],
    ],
    [
      [
        t('overview.mtls.title'),
        <EncryptionWord key="mtls" encryption={mtls.observed} />,
      ],
      ...(worstSlo
        ? [
            [
              t('overview.slo.title'),
              worstSlo.status === 'known' ? (
                <AlertMark alert={worstSlo.value.alert} />
              ) : (
                <Explained by={whyUnknown(worstSlo, t)}>
                  <AlertMark alert="unknown" />
                </Explained>
              ),
            ] as [string, ReactNode],
          ]
        : []),
    ],
    [
      [t('overview.canary.title'), canaryInShort()],
      ...(worst
        ? [
            [
              t('overview.review.title'),
              worst.length === 0
                ? t('card.noFindings')
                : worst
                    .slice(0, 2)
                    .map(severity => (
                      <SeverityMark
                        key={severity}
                        severity={severity}
                        count={findings[severity]}
                      />
                    )),
            ] as [string, ReactNode],
          ]
        : []),
    ],
  ];

  function canaryInShort(): ReactNode {
    if (canary.status === 'unknown') {
      return (
        <Explained by={whyUnknown(canary, t)}>{t('unknown.name')}</Explained>
      );
    }
    const { latest } = canary.value;
    return latest ? <StateMark state={latest.state} /> : t('card.noCanary');
  }

  return (
    <dl className={classes.lines}>
      {lines.map(line => (
        <div key={line[0][0]} className={classes.line}>
          {line.map(([title, content]) => (
            <Fragment key={title}>
              <Typography component="dt" variant="body2">
                {title}
              </Typography>
              <Typography component="dd" variant="body2">
                {content}
              </Typography>
            </Fragment>
          ))}
        </div>
      ))}
    </dl>
  );
}
