import { TrafficObserver } from './TrafficObserver';

/** One observer that tells several, each of what it listens to. */
export function observeAll(
  observers: readonly Partial<TrafficObserver>[],
): TrafficObserver {
  return {
    request: report => observers.forEach(one => one.request?.(report)),
    connectionOpened: report =>
      observers.forEach(one => one.connectionOpened?.(report)),
    connectionClosed: (report, sent, received) =>
      observers.forEach(one => one.connectionClosed?.(report, sent, received)),
    modelCalled: call => observers.forEach(one => one.modelCalled?.(call)),
    modelServed: served => observers.forEach(one => one.modelServed?.(served)),
  };
}
