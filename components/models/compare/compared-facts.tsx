import type { VersionFact } from '../../../lib/comparison/version-differences';
import { NO_VALUE } from '../../../lib/format/number';
import { ComparedTable } from './compared-table';

/** Props of {@link ComparedFacts}. */
export type ComparedFactsProps = {
  readonly facts: readonly VersionFact[];
  readonly names: readonly string[];
  /** Show also what is the same. */
  readonly isAll: boolean;
};

/** What the versions are made of: only what differs, unless all is asked for. */
export function ComparedFacts({ facts, names, isAll }: ComparedFactsProps) {
  const shown = isAll ? facts : facts.filter(({ differs }) => differs);
  if (shown.length === 0)
    return <p className="text-12 text-text-2">Data, schema, features, parameters and code are the same.</p>;
  return (
    <ComparedTable caption="What they are made of" first="Made of" names={names}>
      {shown.map(({ kind, name, values, differs }) => (
        <tr key={`${kind} ${name}`} className="border-b border-border-subtle">
          <th scope="row" className="max-w-72 py-1.5 text-left align-top font-medium">
            <bdi title={name} className="block break-words">
              {name}
            </bdi>
            <span className="block text-11 font-normal text-text-3">{kind}</span>
          </th>
          {values.map((value, index) => (
            <td
              key={names[index]}
              className={`max-w-60 py-1.5 pl-4 text-right align-top break-words ${differs ? '' : 'text-text-3'}`}
            >
              <bdi>{value ?? NO_VALUE}</bdi>
            </td>
          ))}
        </tr>
      ))}
    </ComparedTable>
  );
}
