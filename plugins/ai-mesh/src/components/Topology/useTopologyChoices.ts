import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useSearchParam, useWindow } from '../../hooks';
import { Show, shows } from './filterTopology';

const depths = ['1', '2', '3'] as const;
type Depth = (typeof depths)[number];
const views = ['graph', 'table', 'replay'] as const;
type View = (typeof views)[number];
/** `node:<id>`, `edge:<id>`, or nothing. */
export type Selection = '' | `node:${string}` | `edge:${string}`;

const parseShow = (written: string | null): Show =>
  shows.find(show => show === written) ?? 'all';
const parseView = (written: string | null): View =>
  views.find(view => view === written) ?? 'graph';
const parseWritten = (written: string | null): string => written ?? '';
const parseSelection = (written: string | null): Selection =>
  written?.startsWith('node:') || written?.startsWith('edge:')
    ? (written as Selection)
    : '';

/**
 * What the reader chose to see of the topology; all of it is in the address.
 *
 * @param usualDepth - how many calls away to look where nobody chose
 */
export function useTopologyChoices(usualDepth: Depth = '2') {
  const [window] = useWindow();
  const [depth, setDepth] = useSearchParam<Depth>(
    'depth',
    written => depths.find(one => one === written) ?? usualDepth,
    usualDepth,
  );
  const [show, setShow] = useSearchParam<Show>('show', parseShow, 'all');
  const [view, setView] = useSearchParam<View>('view', parseView, 'graph');
  const [find, setFind] = useSearchParam<string>('find', parseWritten, '');
  const [hide, setHide] = useSearchParam<string>('hide', parseWritten, '');
  const [selection, setSelection] = useSearchParam<Selection>(
    'selected',
    parseSelection,
    '',
  );
  const [, setParams] = useSearchParams();
  const showAll = useCallback(
    () =>
      setParams(
        before => {
          const after = new URLSearchParams(before);
          after.delete('show');
          after.delete('hide');
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  const openMoment = useCallback(
    (at: string) =>
      setParams(before => {
        const after = new URLSearchParams(before);
        after.delete('view');
        after.delete('moment');
        after.set('at', at);
        return after;
      }),
    [setParams],
  );
  return {
    window,
    openMoment,
    depth,
    setDepth,
    show,
    setShow,
    showAll,
    view,
    setView,
    find,
    setFind,
    hide,
    setHide,
    selection,
    setSelection,
  };
}

/** @see {@link useTopologyChoices} */
export type TopologyChoices = ReturnType<typeof useTopologyChoices>;
