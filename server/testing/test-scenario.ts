import { openScenario, type Scenario } from './scenario';
import { openTestDatabase } from './test-database';

/** A scenario on a fresh test database. */
export async function openTestScenario(): Promise<Scenario> {
  return openScenario(await openTestDatabase());
}
