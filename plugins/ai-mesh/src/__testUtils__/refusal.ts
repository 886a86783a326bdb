import { refusalOf } from '@ai-mesh/plugin-ai-mesh-common';

/** What the client throws when the backend refuses. */
export function refusal(
  status: number,
  error: { name: string; message: string; [more: string]: unknown },
): Promise<Error> {
  return refusalOf(
    Response.json({ error, response: { statusCode: status } }, { status }),
  );
}
