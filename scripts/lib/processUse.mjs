import { readFileSync } from 'node:fs';

/** Milliseconds that one of Linux' clock ticks stands for, in what `/proc` tells of every process. */
const TICK_MS = 10;

/** Milliseconds of CPU that a process has used so far; undefined where the system does not tell. */
export function cpuMs(pid) {
  const times = timesOf(pid);
  return times && times.own;
}

/** The same with all processes that it has started, those that have ended included. */
export function cpuMsWithChildren(pid) {
  const times = timesOf(pid);
  const running = read(pid, `task/${pid}/children`)?.trim().split(' ');
  return (
    times &&
    running
      .filter(Boolean)
      .reduce(
        (sum, child) => sum + timesOf(child).own,
        times.own + times.endedChildren,
      )
  );
}

function timesOf(pid) {
  // The command's name comes second, in brackets, and may hold blanks.
  const fields = read(pid, 'stat')?.split(') ').at(-1).split(' ');
  const ms = (...at) =>
    at.reduce((sum, index) => sum + Number(fields[index]), 0) * TICK_MS;
  return fields && { own: ms(11, 12), endedChildren: ms(13, 14) };
}

/** Megabytes of memory that a process holds; undefined where the system does not tell. */
export function rssMb(pid) {
  return statusMb(pid, 'VmRSS');
}

/** The most that it has held so far. */
export function mostRssMb(pid) {
  return statusMb(pid, 'VmHWM');
}

function statusMb(pid, field) {
  const [, kilobytes] =
    read(pid, 'status')?.match(new RegExp(`${field}:\\s+(\\d+) kB`)) ?? [];
  return kilobytes && Math.round(Number(kilobytes) / 1024);
}

/** @throws Error where there is no such process any more */
function read(pid, file) {
  if (process.platform !== 'linux') {
    return undefined;
  }
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    // The second where it ended while it was read.
    if (error.code === 'ENOENT' || error.code === 'ESRCH') {
      throw new Error(`the process ${pid}, which was measured, has ended`, {
        cause: error,
      });
    }
    throw error;
  }
}
