/** Adds up what the steps counted. */
export function sum(counts) {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
    skipped: counts.flatMap(({ skipped }) => skipped),
    retried: counts.flatMap(({ retried = [] }) => retried),
  };
}

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
  };
}
