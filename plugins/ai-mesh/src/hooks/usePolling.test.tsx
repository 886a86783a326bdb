import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { languages } from '@ai-mesh/plugin-ai-mesh-common/screens';
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import { type PropsWithChildren } from 'react';
import { loadTexts } from '../translation/catalogueOnCall';

import {
  REFRESH_INTERVAL_MS,
  usePolling,
  type PollingOptions,
} from './usePolling';

let hidden = false;
const look = (away: boolean) => {
  hidden = away;
  document.dispatchEvent(new Event('visibilitychange'));
};

/** Renders the hook over questions that are answered by hand. */
function poll(
  initial = { subject: 'chat', request: '5m' },
  wrapper?: React.ComponentType<PropsWithChildren>,
  options?: PollingOptions<string>,
) {
  const asked: Array<{
    signal: AbortSignal;
    answer: (value: string) => Promise<void>;
    fail: (error: unknown) => Promise<void>;
  }> = [];
  const ask = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      asked.push({
        signal,
        answer: value => act(async () => resolve(value)),
        fail: error => act(async () => reject(error)),
      });
    });
  const hook = renderHook(
    ({ subject, request }) => usePolling(subject, request, ask, options),
    { initialProps: initial, wrapper },
  );
  return { ...hook, asked };
}

const pass = (ms: number) => act(async () => jest.advanceTimersByTime(ms));

describe('usePolling', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    hidden = false;
    jest.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('asks at once, and again 15 s after it asked', async () => {
    const { result, asked } = poll();
    expect(result.current).toMatchObject({ data: undefined, loading: true });
    await pass(4_000);
    await asked[0].answer('first');
    expect(result.current).toMatchObject({ data: 'first', loading: false });
    await pass(REFRESH_INTERVAL_MS - 4_001);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
    expect(result.current).toMatchObject({ data: 'first', loading: true });
    await asked[1].answer('second');
    expect(result.current).toMatchObject({ data: 'second', loading: false });
  });

  it('does not ask while the one before is under way', async () => {
    const { asked } = poll();
    await pass(5 * REFRESH_INTERVAL_MS);
    expect(asked).toHaveLength(1);
  });

  it('keeps the old data and says why when a refresh fails, and forgets it when one succeeds', async () => {
    const { result, asked } = poll();
    await asked[0].answer('first');
    await pass(REFRESH_INTERVAL_MS);
    await asked[1].fail(new Error('away'));
    expect(result.current).toMatchObject({
      data: 'first',
      error: new Error('away'),
      loading: false,
    });
    await pass(REFRESH_INTERVAL_MS);
    await asked[2].answer('third');
    expect(result.current).toMatchObject({ data: 'third', error: undefined });
  });

  it('makes an error of whatever was thrown', async () => {
    const { result, asked } = poll();
    await asked[0].fail('just words');
    expect(result.current.error).toEqual(new Error('just words'));
  });

  it('asks until the answer is final, and goes on after a failure before that', async () => {
    const { asked } = poll(undefined, undefined, {
      isFinal: answer => answer === 'all of it',
    });
    await asked[0].fail(new Error('away'));
    await pass(REFRESH_INTERVAL_MS);
    await asked[1].answer('a part');
    await pass(REFRESH_INTERVAL_MS);
    expect(asked).toHaveLength(3);
    await asked[2].answer('all of it');
    await pass(10 * REFRESH_INTERVAL_MS);
    look(true);
    look(false);
    await pass(REFRESH_INTERVAL_MS);
    expect(asked).toHaveLength(3);
  });

  it('rests while nobody looks, and asks at once when somebody looks again later', async () => {
    const { asked } = poll();
    await asked[0].answer('first');
    act(() => look(true));
    await pass(10 * REFRESH_INTERVAL_MS);
    expect(asked).toHaveLength(1);
    act(() => look(false));
    await pass(0);
    expect(asked).toHaveLength(2);
  });

  it('asks once after a day asleep, and does not wait for what was under way', async () => {
    const { result, asked } = poll();
    await asked[0].answer('yesterday');
    await pass(REFRESH_INTERVAL_MS);
    act(() => look(true));
    await pass(24 * 3_600_000);
    expect(asked).toHaveLength(2);
    act(() => look(false));
    await pass(0);
    expect(asked).toHaveLength(3);
    expect(asked[1].signal.aborted).toBe(true);
    expect(result.current).toMatchObject({ data: 'yesterday', loading: true });
    await asked[2].answer('today');
    expect(result.current).toMatchObject({ data: 'today', loading: false });
  });

  it('waits for what was asked a moment ago when somebody looks again', async () => {
    const { asked } = poll();
    act(() => look(true));
    await pass(REFRESH_INTERVAL_MS);
    act(() => look(false));
    await pass(0);
    expect(asked).toHaveLength(1);
    expect(asked[0].signal.aborted).toBe(false);
  });

  it('asks no later where the clock was set back meanwhile', async () => {
    const { asked } = poll();
    jest.setSystemTime(Date.now() - 3_600_000);
    await asked[0].answer('first');
    await pass(REFRESH_INTERVAL_MS);
    expect(asked).toHaveLength(2);
  });

  it('does not ask before its time when somebody looks away and back', async () => {
    const { asked } = poll();
    await asked[0].answer('first');
    await pass(5_000);
    act(() => look(true));
    act(() => look(false));
    await pass(REFRESH_INTERVAL_MS - 5_001);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
  });

  it('keeps the old data while a changed question is asked, and aborts the one before', async () => {
    const { result, asked, rerender } = poll();
    await asked[0].answer('five minutes');
    await pass(REFRESH_INTERVAL_MS);
    rerender({ subject: 'chat', request: '1h' });
    expect(asked).toHaveLength(3);
    expect(asked[1].signal.aborted).toBe(true);
    await asked[1].answer('too late');
    expect(result.current).toMatchObject({
      data: 'five minutes',
      loading: true,
    });
    await asked[2].answer('one hour');
    expect(result.current).toMatchObject({ data: 'one hour', loading: false });
  });

  it('never shows the data of another subject', async () => {
    const { result, asked, rerender } = poll();
    await asked[0].answer('chat');
    rerender({ subject: 'gateway', request: '5m' });
    expect(result.current).toMatchObject({ data: undefined, loading: true });
    await asked[1].answer('gateway');
    expect(result.current.data).toBe('gateway');
  });

  it('does not show the data of another subject beside a failure either', async () => {
    const { result, asked, rerender } = poll();
    await asked[0].answer('chat');
    rerender({ subject: 'gateway', request: '5m' });
    await asked[1].fail(new Error('away'));
    expect(result.current).toMatchObject({
      data: undefined,
      error: new Error('away'),
    });
  });

  it('aborts and rests when it is left', async () => {
    const { asked, unmount } = poll();
    unmount();
    expect(asked[0].signal.aborted).toBe(true);
    await pass(10 * REFRESH_INTERVAL_MS);
    expect(asked).toHaveLength(1);
  });

  it('asks again when told to', async () => {
    const { result, asked } = poll();
    await asked[0].answer('first');
    act(() => result.current.refresh());
    expect(asked).toHaveLength(2);
    expect(result.current).toMatchObject({ data: 'first', loading: true });
  });

  it('calls what the backend has named in the reader’s language, from when they choose it', async () => {
    await loadTexts(languages['zh-CN']);
    let language = 'en';
    const { result, rerender, asked } = poll(
      { subject: 'chat', request: '5m' },
      ({ children }) => (
        <TestApiProvider
          apis={[
            [appLanguageApiRef, { getLanguage: () => ({ language }) } as never],
          ]}
        >
          {children}
        </TestApiProvider>
      ),
    );
    const name = inEnglish([wording('name.hidden', { number: 2 })]);
    await asked[0].answer(name);
    expect(result.current.data).toBe(name);
    language = 'zh';
    rerender({ subject: 'chat', request: '5m' });
    expect(result.current.data).toBe('您无权查看的服务（2）');
    language = 'en';
    rerender({ subject: 'chat', request: '5m' });
    expect(result.current.data).toBe(name);
  });
});
