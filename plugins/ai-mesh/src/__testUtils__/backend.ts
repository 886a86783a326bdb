import { fixRequests } from './fixRequests';
import { fleet, fleetHurting } from './fleet';
import { overview } from './overview';
import { review } from './review';
import { routes } from './routes';
import { scorecard } from './scorecard';
import { security } from './security';
import { topology } from './topology';

const answers: Record<string, () => unknown> = {
  overview,
  topology,
  routes,
  review,
  scorecard,
  security,
  fleet,
  hurting: fleetHurting,
  requests: fixRequests,
};

/** Answers like AI Mesh's backend, by the last part of the path. */
export async function answerLikeBackend(
  input: RequestInfo | URL,
): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  const [, view] =
    url.pathname.match(
      /\/ai-mesh\/v1\/(?:entities\/(?:component\/default\/ai-chat-service|system\/default\/assistant)\/)?(\w+)$/,
    ) ??
    url.pathname.match(/\/ai-mesh\/v1\/fleet\/(\w+)$/) ??
    [];
  return view in answers
    ? Response.json(answers[view]())
    : new Response(null, { status: 404 });
}
