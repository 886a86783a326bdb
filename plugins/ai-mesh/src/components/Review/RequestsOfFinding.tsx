import type { FixRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { RequestList } from '../Requests';

/** The pull requests that are to mend a finding, beside it. */
export function RequestsOfFinding(props: {
  findingId: string;
  requests: readonly FixRequest[];
}) {
  const { findingId, requests } = props;
  return (
    <RequestList
      requests={requests.flatMap(request => {
        const findings = request.findings.filter(({ id }) => id === findingId);
        return findings.length > 0 ? [{ request, findings }] : [];
      })}
    />
  );
}
