// Writes down what each package offers (report.api.md in its folder), from its declarations as they are published; with
// `--check` fails where a report is not of today: npm run api-reports [-- --check]
import { apiReports } from './lib/apiReports.mjs';
import { buildPackages } from './lib/packedPackages.mjs';
import { say } from './lib/shell.mjs';

const check = process.argv.includes('--check');
const stale = apiReports(await buildPackages(), { check });
stale.forEach(report =>
  say(
    check
      ? `${report} is not of today: npm run api-reports`
      : `wrote ${report}`,
  ),
);
process.exitCode = check && stale.length > 0 ? 1 : 0;
