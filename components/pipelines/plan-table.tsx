import type { PlanDecision } from '../../lib/run/run';
import { decisionWord } from '../../lib/run/run-words';
import { StateLabel, type Mark } from '../ui/state-mark';

/** What will happen to a node, and why. */
export type PlanRow = { readonly node: string; readonly decision: PlanDecision; readonly reason: string };

const MARKS: Record<PlanDecision, Mark> = { execute: 'queued', reuse: 'cached', skip: 'skipped', blocked: 'failed' };

/** A plan, a node a row: decision and reason. */
export function PlanTable({ rows }: { readonly rows: readonly PlanRow[] }) {
  return (
    <table className="w-full table-fixed text-12">
      <caption className="sr-only">Plan</caption>
      <thead>
        <tr className="border-b border-border text-11 text-text-3">
          <th scope="col" className="w-1/4 py-1 pr-3">
            Node
          </th>
          <th scope="col" className="w-24 py-1 pr-3">
            Plan
          </th>
          <th scope="col" className="py-1">
            Why
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ node, decision, reason }) => (
          <tr key={node} className="border-b align-top">
            <th scope="row" title={node} className="truncate py-1.5 pr-3">
              {node}
            </th>
            <td className="py-1.5 pr-3">
              <StateLabel mark={MARKS[decision]}>{decisionWord(decision)}</StateLabel>
            </td>
            <td className="py-1.5 break-words text-text-2">{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
