import {
  CompilerState,
  Extractor,
  ExtractorConfig,
} from '@microsoft/api-extractor';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, say } from './shell.mjs';

/**
 * Writes down what each built package offers: `report.api.md` for its main entry point, `report-<name>.api.md` for the others.
 * Gives the reports that are not of today: those that were written anew, or with `check` those that would be.
 *
 * @param folders - of packages whose declarations are built
 */
export function apiReports(folders, { check }) {
  const entries = folders.flatMap(entryPoints);
  const temp = mkdtempSync(join(tmpdir(), 'ai-mesh-api-'));
  try {
    const prepared = entries.map(entry => ({
      entry,
      config: prepare(entry, temp),
    }));
    // One program for all of them: their dependencies are read once.
    const compilerState = CompilerState.create(prepared[0].config, {
      additionalEntryPoints: entries.map(({ types }) => types),
    });
    return prepared.flatMap(({ entry, config }) => {
      const { apiReportChanged } = Extractor.invoke(config, {
        compilerState,
        localBuild: !check,
        messageCallback: message => {
          message.handled = true;
          if (message.logLevel === 'error') {
            say(`${entry.report}: ${message.text}`);
          }
        },
      });
      return apiReportChanged ? [relative(root, entry.report)] : [];
    });
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

/** The entry points of a package that have declarations. */
function entryPoints(folder) {
  const { exports } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return Object.keys(exports ?? { '.': '' })
    .map(key => (key === '.' ? 'index' : key.slice(2)))
    .map(name => ({
      folder,
      types: join(folder, 'dist', `${name}.d.ts`),
      report: join(
        folder,
        name === 'index' ? 'report.api.md' : `report-${name}.api.md`,
      ),
    }))
    .filter(({ types }) => existsSync(types));
}

function prepare({ folder, types, report }, temp) {
  const reportTempFolder = join(temp, relative(root, folder));
  mkdirSync(reportTempFolder, { recursive: true });
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: types,
      compiler: {
        skipLibCheck: true,
        overrideTsconfig: {
          compilerOptions: {
            target: 'ES2022',
            module: 'ESNext',
            moduleResolution: 'bundler',
            lib: ['DOM', 'DOM.Iterable', 'ES2022'],
            jsx: 'react-jsx',
            strict: true,
            skipLibCheck: true,
            types: [],
          },
          files: [types],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: relative(folder, report),
        reportFolder: folder,
        reportTempFolder,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: 'none' } },
        extractorMessageReporting: {
          default: { logLevel: 'warning', addToApiReportFile: true },
          'ae-undocumented': { logLevel: 'none' },
          // The packages of this repository find each other as source.
          'ae-wrong-input-file-type': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    packageJsonFullPath: join(folder, 'package.json'),
  });
}
