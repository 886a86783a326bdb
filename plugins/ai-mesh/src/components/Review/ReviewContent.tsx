import type {
  Finding,
  FixApplication,
  FixRequest,
  Review,
  ServiceOwnership,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useEffect, useId, useState } from 'react';
import { useLinkedRowName } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Notice } from '../Marks';
import { type OpenedObject, YamlDrawer } from '../Objects';
import { FindingCard } from './FindingCard';
import type { Decision } from './FixDecision';
import { FixSeveral } from './FixSeveral';
import { filterFindings, type FindingChoices } from './filterFindings';
import { isUnproven } from './isUnproven';
import { ReviewNotes } from './ReviewNotes';
import { severities, SeverityMark } from './SeverityMark';

const useStyles = makeStyles(theme => ({
  counts: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 3) },
  group: { display: 'flex', flexDirection: 'column', gap: theme.spacing(1) },
}));

/** The findings, worst first, and what could not be judged. */
export function ReviewContent(props: {
  review: Review;
  choices: FindingChoices;
  /** Asks for the review again. */
  refresh: () => void;
  /** Somebody wants a fix written into the cluster from here, or to decide about one. */
  onDecide: (decision: Decision) => void;
}) {
  const { review, choices, refresh, onDecide } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const [opened, setOpened] = useState<OpenedObject>();
  const linked = useLinkedRowName();
  const isLinkedGone =
    linked !== null &&
    ![...review.findings, ...(review.applications ?? [])].some(
      ({ id }) => id === linked,
    );
  useWhileWriting(review, refresh);
  const shown = filterFindings(review.findings, choices);
  const open = shown.filter(({ suppressedBy }) => !suppressedBy);
  const groups = [
    ...severities.map(severity => ({
      title: t(`review.group.${severity}`),
      findings: open.filter(finding => finding.severity === severity),
    })),
    {
      title: t('review.group.suppressed'),
      findings: shown.filter(({ suppressedBy }) => suppressedBy),
    },
  ].filter(({ findings }) => findings.length > 0);
  const blind = review.notJudged.length + review.unreadable.length > 0;
  return (
    <>
      <div className={classes.counts} role="status">
        {severities.map(severity => (
          <SeverityMark
            key={severity}
            severity={severity}
            count={review.counts[severity]}
          />
        ))}
      </div>
      {isLinkedGone && <Notice tone="unknown" title={t('review.gone')} />}
      {review.findings.length === 0 && (
        <Notice
          tone={blind ? 'unknown' : 'healthy'}
          title={t(blind ? 'review.nothing.blind' : 'review.nothing.sound')}
        />
      )}
      {review.findings.length > 0 && shown.length === 0 && (
        <Typography>
          {t('review.filter.nothing', {
            hidden: String(review.findings.length),
          })}
        </Typography>
      )}
      <FixSeveral
        findings={open.filter(
          finding => !isUnproven(finding, review.resolution.ownership),
        )}
      />
      {groups.map(group => (
        <Group
          key={group.title}
          {...group}
          ownership={review.resolution.ownership}
          requests={review.requests ?? []}
          applications={review.applications ?? []}
          onDecide={onDecide}
          onOpen={setOpened}
        />
      ))}
      <ReviewNotes review={review} onDecide={onDecide} onOpen={setOpened} />
      {opened && (
        <YamlDrawer
          opened={opened}
          objects={review.objects}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  );
}

function Group(props: {
  title: string;
  findings: Finding[];
  ownership?: readonly ServiceOwnership[];
  requests: readonly FixRequest[];
  applications: readonly FixApplication[];
  onDecide: (decision: Decision) => void;
  onOpen: (object: OpenedObject) => void;
}) {
  const { title, findings, ownership, ...rest } = props;
  const classes = useStyles();
  const id = useId();
  return (
    <section className={classes.group} aria-labelledby={id}>
      <Typography id={id} variant="subtitle1" component="h2">
        {title}
      </Typography>
      {findings.map(finding => (
        <FindingCard
          key={finding.id}
          finding={finding}
          isUnproven={isUnproven(finding, ownership)}
          {...rest}
        />
      ))}
    </section>
  );
}

/** Milliseconds; a write takes about as long. */
const WRITING_MS = 3000;

/** What is being written is looked at until it is. */
function useWhileWriting(review: Review, refresh: () => void): void {
  const isWriting =
    review.applications?.some(({ state }) =>
      ['approved', 'undoing'].includes(state),
    ) === true;
  useEffect(() => {
    if (!isWriting) {
      return undefined;
    }
    const timer = setTimeout(refresh, WRITING_MS);
    return () => clearTimeout(timer);
  }, [review, isWriting, refresh]);
}
