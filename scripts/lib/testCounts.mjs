import { stripVTControlCharacters } from 'node:util';

/** Adds up what the steps counted. */
export function sum(counts) {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
    skipped: counts.flatMap(({ skipped }) => skipped),
    retried: counts.flatMap(({ retried = [] }) => retried),
    faults: counts.flatMap(({ faults = [] }) => faults),
  };
}

/** What failed, and the first lines of why: the end of a long output is all that some people see. */
const fault = (name, message = 'no reason was given') =>
  `${name}: ${stripVTControlCharacters(message).split('\n').filter(Boolean).slice(0, 3).join(' ').slice(0, 400)}`;

/** A runner that could not even begin names no test. */
const noTestOf = (failed, exitCode) =>
  failed === 0 && exitCode !== 0
    ? [`the test runner ended with code ${exitCode}, and no test of it failed`]
    : [];

/** Counts of a Jest report. A runner that failed without a failing test counts as one failure. */
export function jestCounts(report, exitCode) {
  if (!report) {
    return { passed: 0, failed: 1, skipped: [] };
  }
  const tests = report.testResults.flatMap(file => file.assertionResults);
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: Math.max(failed, exitCode === 0 ? 0 : 1),
    skipped: tests
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => fullName),
    retried: tests
      .filter(
        ({ status, invocations }) => status === 'passed' && invocations > 1,
      )
      .map(({ fullName }) => fullName),
    faults: [
      ...noTestOf(failed, exitCode),
      ...report.testResults
        .filter(
          ({ status, assertionResults }) =>
            status === 'failed' && assertionResults.length === 0,
        )
        .map(({ name, message }) => fault(name, message)),
      ...tests
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) =>
          fault(fullName, failureMessages[0]),
        ),
    ],
  };
}

/** Counts of a Playwright report. */
export function playwrightCounts(report, exitCode) {
  if (!report) {
    return { passed: 0, failed: 1, skipped: [] };
  }
  const specs = report.suites.flatMap(function flatten(suite) {
    return [...suite.specs, ...(suite.suites ?? []).flatMap(flatten)];
  });
  const outcome = ({ tests }) => tests[0]?.status;
  const failed = specs.filter(spec => outcome(spec) === 'unexpected').length;
  return {
    passed: specs.filter(spec => ['expected', 'flaky'].includes(outcome(spec)))
      .length,
    failed: Math.max(failed, exitCode === 0 ? 0 : 1),
    skipped: specs
      .filter(spec => outcome(spec) === 'skipped')
      .map(({ title }) => title),
    retried: specs
      .filter(spec => outcome(spec) === 'flaky')
      .map(({ title }) => title),
    faults: [
      ...noTestOf(failed, exitCode),
      ...specs
        .filter(spec => ['unexpected', 'flaky'].includes(outcome(spec)))
        .flatMap(({ title, tests }) =>
          tests[0].results
            .filter(({ error }) => error)
            .map(({ error }) => fault(title, error.message)),
        ),
    ],
  };
}
