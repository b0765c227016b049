/**
 * Reads the JSON reports of the test runners. Whatever they say, a runner that crashed, or that ran no test, has failed:
 * no way of ending may look green by accident.
 */

/** A stage without a single good test. @param {string} reason */
export function noTests(reason) {
  return { passed: 0, failed: 1, skipped: 0, reason };
}

/**
 * @param {object | undefined} report vitest's JSON report; undefined when it wrote none
 * @param {boolean} endedWell exit code 0
 */
export function countVitest(report, endedWell) {
  if (report === undefined) return noTests('The test runner ended without a report.');
  // A file that does not load fails as a whole and lists no test.
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.every(isFine));
  return complete({
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    endedWell,
  });
}

function isFine({ status }) {
  return status !== 'failed';
}

/**
 * @param {object | undefined} report Playwright's JSON report; undefined when it wrote none
 * @param {boolean} endedWell exit code 0
 */
export function countPlaywright(report, endedWell) {
  if (report === undefined) return noTests('The browser tests ended without a report.');
  const { expected, unexpected, flaky, skipped } = report.stats;
  return complete({ passed: expected + flaky, failed: unexpected + report.errors.length, skipped, endedWell });
}

function complete({ passed, failed, skipped, endedWell }) {
  if (passed + failed === 0) return { ...noTests('No test ran.'), skipped };
  if (!endedWell && failed === 0)
    return { passed, failed: 1, skipped, reason: 'The test runner failed outside its tests.' };
  return { passed, failed, skipped };
}
