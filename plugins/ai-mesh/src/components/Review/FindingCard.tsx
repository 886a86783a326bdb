import type {
  Finding,
  FixApplication,
  FixRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import { useId } from 'react';
import { useLinkedRow, useLinkedRowName } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { behind, textSaid } from '../Figures';
import { Said } from '../Marks';
import { ObjectButton, type OpenedObject } from '../Objects';
import { Terms } from '../Terms';
import { ApplicationsOfFinding } from './ApplicationsOfFinding';
import { findingWords } from './findingWords';
import type { Decision } from './FixDecision';
import { FixView } from './FixView';
import { RequestsOfFinding } from './RequestsOfFinding';
import { SeverityMark } from './SeverityMark';

const useStyles = makeStyles(theme => ({
  summary: {
    display: 'grid',
    gridTemplateColumns: '96px 1fr',
    gap: theme.spacing(0.5, 2),
    width: '100%',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  details: {
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  code: { fontWeight: 400, marginLeft: theme.spacing(1) },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** One finding: what and where in the head; evidence, reason and fix below it. */
export function FindingCard(props: {
  finding: Finding;
  /** Nothing may be changed of its Service from here. */
  isUnproven: boolean;
  requests: readonly FixRequest[];
  applications: readonly FixApplication[];
  onDecide: (decision: Decision) => void;
  onOpen: (object: OpenedObject) => void;
}) {
  const { finding, isUnproven, requests, applications, onDecide, onOpen } =
    props;
  const { object, path, evidence, related, fix, suppressedBy } = finding;
  const { t, language } = useAiMeshTranslation();
  const classes = useStyles();
  const id = useId();
  const { isLinked, ref } = useLinkedRow(finding.id);
  const linked = useLinkedRowName();
  const holdsLinked = applications.some(
    one => one.finding === finding.id && one.id === linked,
  );
  const words = findingWords(finding, language);
  return (
    <Accordion
      ref={ref}
      variant="outlined"
      defaultExpanded={isLinked || holdsLinked}
      TransitionProps={{ unmountOnExit: true }}
      aria-labelledby={`${id}-title`}
      role="article"
    >
      <AccordionSummary
        expandIcon={<ExpandIcon />}
        id={`${id}-head`}
        aria-controls={`${id}-body`}
      >
        <div className={classes.summary}>
          <SeverityMark severity={finding.severity} />
          <div>
            <Typography
              id={`${id}-title`}
              variant="subtitle2"
              component="span"
              display="block"
            >
              {words.title}
              <span className={classes.code}>{finding.code}</span>
            </Typography>
            <Typography variant="body2" component="span" display="block">
              {words.message}
            </Typography>
          </div>
        </div>
      </AccordionSummary>
      <AccordionDetails className={classes.details}>
        <Terms
          terms={[
            {
              name: t('review.finding.object'),
              value: (
                <ObjectButton
                  object={object}
                  onOpen={() => onOpen({ ref: object, path })}
                />
              ),
            },
            ...(path
              ? [
                  {
                    name: t('review.finding.path'),
                    value: <code>{path}</code>,
                  },
                ]
              : []),
            {
              name: t('review.finding.service'),
              value: t('review.finding.serviceOf', { ...finding.service }),
            },
            ...(suppressedBy
              ? [
                  {
                    name: t('review.finding.suppressed'),
                    value: t('review.finding.suppressedBy', {
                      kind: suppressedBy.object.kind,
                      name: suppressedBy.object.name,
                      path: suppressedBy.path,
                    }),
                  },
                ]
              : []),
            ...(evidence.length > 0
              ? [
                  {
                    name: t('review.finding.evidence'),
                    value: (
                      <ul className={classes.list}>
                        {evidence.map(({ from, message, words: told, at }) => (
                          <li key={`${from} ${message}`}>
                            {t(`review.evidence.${from}`)}
                            {t('text.colon')}
                            <Said of={{ message, words: told }} />
                            {behind(textSaid({ message, words: told }, t))}
                            {at && (
                              <ObjectButton
                                object={at.object}
                                onOpen={() =>
                                  onOpen({ ref: at.object, path: at.path })
                                }
                              />
                            )}
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]
              : []),
            ...(related.length > 0
              ? [
                  {
                    name: t('review.finding.related'),
                    value: related.map(other => (
                      <span key={`${other.kind} ${other.name}`}>
                        <ObjectButton
                          object={other}
                          onOpen={() => onOpen({ ref: other })}
                        />{' '}
                      </span>
                    )),
                  },
                ]
              : []),
            { name: t('review.finding.why'), value: words.why },
            ...(finding.equivalents.length > 0
              ? [
                  {
                    name: t('review.finding.equivalents'),
                    value: finding.equivalents.join(t('text.and')),
                  },
                ]
              : []),
            {
              name: t('review.finding.more'),
              value: <Link to={finding.link}>{t('review.finding.link')}</Link>,
            },
          ]}
        />
        <RequestsOfFinding findingId={finding.id} requests={requests} />
        <ApplicationsOfFinding
          findingId={finding.id}
          applications={applications}
          onDecide={onDecide}
        />
        {fix ? (
          <FixView
            finding={finding}
            fix={fix}
            isUnproven={isUnproven}
            applications={applications}
            onDecide={onDecide}
          />
        ) : (
          <Typography variant="body2">{t('review.fix.none')}</Typography>
        )}
      </AccordionDetails>
    </Accordion>
  );
}
