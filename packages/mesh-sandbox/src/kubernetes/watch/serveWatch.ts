import { Request, Response } from 'express';
import { KubeObject } from '../../store/KubeObject';
import { ApiContext } from '../ApiContext';
import { ListScope } from '../read/ListScope';
import { objectWriter } from '../read/objectWriter';
import { queryParameter } from '../request/writeOptions';
import { badRequest, qualified } from '../status/refusals';
import { sufferFault } from './WatchHub';
import { WatchStream } from './WatchStream';

/** What a watch lasts where its client sets no `timeoutSeconds`; API servers take 30 to 60 minutes. */
const defaultTimeoutSeconds = 1800;

/** Answers `?watch=true`: changes as they come, from the version that was asked for. */
export function serveWatch(
  context: ApiContext,
  scope: ListScope,
  request: Request,
  response: Response,
): void {
  const { watches, faults } = context;
  const { kind, apiVersion } = scope;
  const timeoutSeconds = seconds(queryParameter(request, 'timeoutSeconds'));
  const wantsBookmarks =
    queryParameter(request, 'allowWatchBookmarks') === 'true';
  const subject = {
    target: 'kubernetes' as const,
    method: 'GET',
    resource: kind.plural,
    qualified: qualified(kind.plural, kind.group),
  };
  const stream = new WatchStream({
    response,
    subject,
    matches: scope.matches,
    write: objectWriter(context, scope, request),
    bookmark: wantsBookmarks
      ? (resourceVersion, initialEventsEnd) => ({
          kind: kind.kind,
          apiVersion,
          metadata: {
            resourceVersion,
            creationTimestamp: null,
            ...(initialEventsEnd && {
              annotations: { 'k8s.io/initial-events-end': 'true' },
            }),
          },
        })
      : undefined,
  });
  const [fault] = faults.take(subject, ['drop-watch', 'expire-watch']);
  if (fault) {
    sufferFault(stream, fault);
  }
  if (!response.writableEnded && sendPast(context, scope, request, stream)) {
    const stop = watches.add(kind, stream);
    const timer = setTimeout(() => stream.end(), timeoutSeconds * 1000);
    timer.unref();
    response.once('close', () => {
      stop();
      clearTimeout(timer);
    });
  }
}

/** Sends what happened before now. @returns false where the watch has ended with that */
function sendPast(
  { store }: ApiContext,
  scope: ListScope,
  request: Request,
  stream: WatchStream,
): boolean {
  const { group, kind } = scope.kind;
  const from = queryParameter(request, 'resourceVersion');
  const initial = queryParameter(request, 'sendInitialEvents');
  if (initial === 'true' || (initial === undefined && isAny(from))) {
    const present = store
      .list<KubeObject>(group, kind, { namespace: scope.namespace })
      .filter(scope.matches);
    present.forEach(object => stream.send('ADDED', object));
    if (initial === 'true') {
      stream.sendBookmark(store.resourceVersion, true);
    }
    return true;
  }
  if (isAny(from)) {
    return true;
  }
  // A version from the future means that the client knows another life of this sandbox: it has to list again.
  const changes =
    Number(from) > Number(store.resourceVersion)
      ? undefined
      : store.changesSince(group, kind, from!);
  if (!changes) {
    stream.expire(
      `too old resource version: ${from} (${store.resourceVersion})`,
    );
    return false;
  }
  changes.forEach(change => stream.offer(change));
  return true;
}

function isAny(resourceVersion: string | undefined): boolean {
  return !resourceVersion || resourceVersion === '0';
}

function seconds(text: string | undefined): number {
  if (text === undefined) {
    return defaultTimeoutSeconds;
  }
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw badRequest(`invalid timeoutSeconds: ${text}`);
  }
  return value || defaultTimeoutSeconds;
}
