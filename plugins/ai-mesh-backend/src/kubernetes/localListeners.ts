import type { LocalListener } from './kinds';

export interface RawContainer {
  name: string;
  command?: unknown;
  args?: unknown;
  env?: unknown;
  ports?: { name?: string; containerPort: number }[];
}

/** Characters of arguments that are read; more is a script, and nobody's flags. */
export const LONGEST_ARGUMENTS = 20_000;
/** What model servers and web servers call the address that they listen on. */
const ADDRESS_FLAG =
  /^(?:--(?:server[-._])?(?:https?[-._])?(?:host|hostname|bind|bind[-._]address|listen|listen[-._](?:address|addr|host))|-b)$/;
const PORT_FLAG = /^(?:--(?:server[-._])?(?:https?[-._])?port|-p)$/;
const ADDRESS_VARIABLES = new Set(['HOST', 'OLLAMA_HOST', 'UVICORN_HOST']);
const LOOPBACK =
  /^(?:https?:\/\/|tcp:\/\/)?(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])(?::(\d{1,5}))?$/;

/**
 * Where a container is told to listen on a loopback address, by an argument or a variable of its own. What it listens on
 * without being told no object says. Of arguments and variables nothing else is kept: they may hold secrets.
 */
export function localListeners(container: RawContainer): LocalListener[] {
  const words = argumentsOf(container);
  const portWord = valueOf(words, PORT_FLAG)?.value;
  const told = valueOf(words, ADDRESS_FLAG) ?? variableOf(container);
  const address = told && LOOPBACK.exec(told.value);
  if (!address) {
    return [];
  }
  const port = Number(address[1] ?? portWord);
  const declared = (container.ports ?? []).map(
    ({ containerPort }) => containerPort,
  );
  return [
    {
      container: container.name,
      told: told.text,
      ports: Number.isInteger(port) ? [port] : declared,
    },
  ];
}

/** Whether its arguments are so long that they are not read. */
export function hasLongArguments(container: RawContainer): boolean {
  return writtenIn(container).length > LONGEST_ARGUMENTS;
}

interface Told {
  value: string;
  text: string;
}

/** Words, also those of a command for a shell. */
function argumentsOf(container: RawContainer): string[] {
  return hasLongArguments(container)
    ? []
    : writtenIn(container)
        .split(/[\s'"]+/)
        .filter(word => word !== '');
}

function writtenIn({ command, args }: RawContainer): string {
  return [command, args]
    .flatMap(list => (Array.isArray(list) ? (list as unknown[]) : []))
    .filter(word => typeof word === 'string')
    .join(' ');
}

/** The last one counts, as it does for those who read flags. */
function valueOf(words: readonly string[], flag: RegExp): Told | undefined {
  return words
    .flatMap((word, index): Told[] => {
      const [name, ...rest] = word.split('=');
      if (!flag.test(name)) {
        return [];
      }
      const value = rest.length > 0 ? rest.join('=') : words[index + 1];
      return value === undefined
        ? []
        : [{ value, text: `${name}${rest.length > 0 ? '=' : ' '}${value}` }];
    })
    .at(-1);
}

function variableOf({ env }: RawContainer): Told | undefined {
  const variables = Array.isArray(env)
    ? (env as ({ name?: unknown; value?: unknown } | null)[])
    : [];
  return variables.flatMap(variable =>
    typeof variable?.name === 'string' &&
    ADDRESS_VARIABLES.has(variable.name) &&
    typeof variable.value === 'string'
      ? [
          {
            value: variable.value,
            text: `${variable.name}=${variable.value}`,
          },
        ]
      : [],
  )[0];
}
