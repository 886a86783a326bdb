import { readFileSync } from 'node:fs';

/** Milliseconds that one of Linux' clock ticks stands for, in what `/proc` tells of every process. */
const TICK_MS = 10;

/** Milliseconds of CPU that a process has used so far; undefined where the system does not tell. */
export function cpuMs(pid) {
  // The command's name comes second, in brackets, and may hold blanks.
  const fields = read(`/proc/${pid}/stat`)?.split(') ').at(-1).split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The same with all processes that it has started and that still run. */
export function cpuMsWithChildren(pid) {
  const children = read(`/proc/${pid}/task/${pid}/children`)?.trim();
  return children === undefined
    ? undefined
    : [pid, ...children.split(' ').filter(Boolean)].reduce(
        (sum, each) => sum + cpuMs(each),
        0,
      );
}

/** Megabytes of memory that a process holds; undefined where the system does not tell. */
export function rssMb(pid) {
  const [, kilobytes] =
    read(`/proc/${pid}/status`)?.match(/VmRSS:\s+(\d+) kB/) ?? [];
  return kilobytes && Math.round(Number(kilobytes) / 1024);
}

function read(file) {
  if (process.platform !== 'linux') {
    return undefined;
  }
  return readFileSync(file, 'utf8');
}
