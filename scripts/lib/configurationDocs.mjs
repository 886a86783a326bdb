/**
 * A page of all settings in Markdown: a section for each key below `aiMesh`, a row for each setting in it.
 *
 * @param aiMesh - JSON schema of the key `aiMesh`, with the descriptions of its type
 */
export function configurationDocs(aiMesh) {
  const sections = Object.entries(aiMesh.properties)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, schema]) => section(key, schema));
  return [
    '# Settings',
    '',
    'Everything that can be set below `aiMesh` in the portal’s `app-config.yaml`. A setting that is left out has the value that',
    'its row names. `[]` stands for an entry of a list, `<name>` for a key of your own choice. A duration is text such as `30s`,',
    '`15m` or `7d`, or Backstage’s form `{ minutes: 15 }`. A wrong key stops the plugin’s start, with its full name.',
    '',
    'This page is generated from `config.d.ts`: `node scripts/configurationDocs.mjs`.',
    '',
    ...sections,
  ].join('\n');
}

function section(key, schema) {
  const rows = settings(key, schema);
  const own = rows[0]?.path === key ? rows[0].description : '';
  const below = rows.filter(({ path }) => path !== key);
  return [
    `## \`aiMesh.${key}\``,
    '',
    own,
    '',
    ...(below.length > 0
      ? ['| setting | type | what it is |', '|---|---|---|']
      : [`Type: ${typeOf(schema)}.`]),
    ...below.map(
      ({ path, type, description, secret }) =>
        `| \`${path}\` | ${type} | ${cell(description)}${secret ? ' Secret.' : ''} |`,
    ),
    '',
  ].join('\n');
}

/** A setting and all below it, in the schema's order. */
function settings(path, schema) {
  const item = schema.type === 'array' ? schema.items : undefined;
  const row = {
    path,
    type: typeOf(schema),
    description: schema.description ?? '',
    secret:
      schema.visibility === 'secret' || schema.deepVisibility === 'secret',
  };
  return [
    row,
    ...children(path, schema),
    ...(item ? children(`${path}[]`, item) : []),
  ];
}

function children(path, schema) {
  if (isDuration(schema)) {
    return [];
  }
  const named = Object.entries(schema.properties ?? {}).map(([key, below]) =>
    settings(`${path}.${key}`, below),
  );
  const free =
    typeof schema.additionalProperties === 'object'
      ? settings(`${path}.<name>`, schema.additionalProperties)
      : [];
  const alternatives = (schema.anyOf ?? schema.allOf ?? []).flatMap(one =>
    children(path, one),
  );
  return [...named.flat(), ...free, ...alternatives];
}

function isDuration({ anyOf }) {
  return (anyOf ?? []).some(({ properties }) => properties?.milliseconds);
}

function typeOf(schema) {
  if (isDuration(schema)) {
    return 'duration';
  }
  if (schema.enum) {
    return schema.enum.map(value => `\`${value}\``).join(', ');
  }
  if (schema.const !== undefined) {
    return `\`${schema.const}\``;
  }
  if (schema.anyOf) {
    return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  }
  if (schema.type === 'array') {
    return `list of ${typeOf(schema.items)}`;
  }
  if (Array.isArray(schema.type)) {
    return schema.type.join(' or ');
  }
  return schema.type === 'string' ? 'text' : (schema.type ?? 'object');
}

function cell(text) {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
}
