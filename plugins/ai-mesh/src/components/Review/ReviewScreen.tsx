import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { useState } from 'react';
import { useReview, useSearchParam } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { Choice, Screen } from '../Screen';
import { ALL, codesOf, parseCode, parseSeverity } from './filterFindings';
import { type Decision, FixDecision } from './FixDecision';
import { ReviewContent } from './ReviewContent';
import { severities } from './SeverityMark';

/** What in the entity's mesh is wrong for AI traffic, and how to mend it. */
export function ReviewScreen() {
  const entityRef = stringifyEntityRef(useEntity().entity);
  const polled = useReview(entityRef);
  const { t } = useAiMeshTranslation();
  const [severity, setSeverity] = useSearchParam(
    'severity',
    parseSeverity,
    ALL,
  );
  const [code, setCode] = useSearchParam('code', parseCode, ALL);
  const [decision, setDecision] = useState<Decision>();
  const codes = codesOf(polled.data?.findings ?? []);
  return (
    <>
      <Screen
        entityRef={entityRef}
        polled={polled}
        withoutWindow
        skeleton={
          <>
            <Skeleton height={32} width={320} />
            <Skeleton variant="rect" height={64} />
            <Skeleton variant="rect" height={64} />
            <Skeleton variant="rect" height={64} />
          </>
        }
        controls={
          <>
            <Choice
              label={t('review.filter.severity')}
              value={severity}
              options={[ALL, ...severities].map(value => ({
                value,
                label:
                  value === ALL
                    ? t('review.filter.all')
                    : t(`review.severity.${value as 'high'}`),
              }))}
              onChange={setSeverity}
            />
            <Choice
              label={t('review.filter.code')}
              value={code}
              options={[
                ALL,
                ...new Set([...codes, ...(code === ALL ? [] : [code])]),
              ].map(value => ({
                value,
                label: value === ALL ? t('review.filter.all') : value,
              }))}
              onChange={setCode}
            />
          </>
        }
      >
        {review => (
          <ReviewContent
            review={review}
            choices={{ severity, code }}
            refresh={polled.refresh}
            onDecide={setDecision}
          />
        )}
      </Screen>
      {decision && (
        <FixDecision
          entityRef={entityRef}
          decision={decision}
          onDone={polled.refresh}
          onClose={() => setDecision(undefined)}
        />
      )}
    </>
  );
}
