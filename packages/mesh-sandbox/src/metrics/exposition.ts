export type LabelSet = Readonly<Record<string, string | undefined>>;

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary';

/** Something that has metrics to show when it is scraped; what it yields are whole lines. */
export interface MetricSource {
  expose(): Iterable<string>;
}

/** In Prometheus' text format. */
function heading(name: string, type: MetricType, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

/** A metric family: its head and its lines, or nothing where there is no line. */
export function* family(
  name: string,
  type: MetricType,
  help: string,
  lines: Iterable<string>,
): Iterable<string> {
  let headed = false;
  for (const line of lines) {
    if (!headed) {
      headed = true;
      yield heading(name, type, help);
    }
    yield line;
  }
}

/** `a="b",c="d"`, escaped; labels without a value are left out, which is the same to Prometheus. */
export function renderLabels(labels: LabelSet): string {
  return Object.entries(labels)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}="${escapeValue(value ?? '')}"`)
    .join(',');
}

export function sample(name: string, labels: string, value: number): string {
  return `${name}{${labels}} ${value}\n`;
}

function escapeValue(value: string): string {
  return value.replace(/[\\"\n]/g, character =>
    character === '\n' ? '\\n' : `\\${character}`,
  );
}
