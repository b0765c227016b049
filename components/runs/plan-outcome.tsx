import type { NodeSnapshot } from '../../lib/run/fold-run';
import { decisionWord, keptPlan, nodeMark, nodeStateWords } from '../../lib/run/run-words';
import { StateLabel } from '../ui/state-mark';

/** The plan of a run beside what came of it. */
export function PlanOutcome({ nodes }: { readonly nodes: readonly NodeSnapshot[] }) {
  return (
    <table className="w-full table-fixed text-12">
      <caption className="sr-only">Plan and what came of it</caption>
      <thead>
        <tr className="text-11 text-text-3">
          <th scope="col" className="w-1/5 pr-3 pb-1 pl-4 tablet:pl-5">
            Node
          </th>
          <th scope="col" className="w-20 pr-3 pb-1">
            Plan
          </th>
          <th scope="col" className="w-36 pr-3 pb-1">
            Came
          </th>
          <th scope="col" className="pr-4 pb-1 tablet:pr-5">
            Why
          </th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => (
          <tr key={node.node} className="border-t align-top">
            <th scope="row" title={node.node} className="truncate py-1.5 pr-3 pl-4 font-medium tablet:pl-5">
              {node.node}
            </th>
            <td className="py-1.5 pr-3 text-text-2">{decisionWord(node.decision)}</td>
            <td className="py-1.5 pr-3">
              <StateLabel mark={nodeMark(node)} share={node.share}>
                {nodeStateWords(node)}
              </StateLabel>
              {keptPlan(node) === false && <p className="text-11 text-st-warning">not as predicted</p>}
            </td>
            <td className="py-1.5 pr-4 break-words text-text-2 tablet:pr-5">{node.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
