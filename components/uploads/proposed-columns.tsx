import { formatCount, formatShare } from '../../lib/format/number';
import { FEATURE_USES, usesOf, type FeatureGuess, type FeatureUse } from '../../lib/proposal/guess-features';
import type { ColumnProfile, TableProfile } from '../../lib/proposal/table-profile';
import type { Proposal } from './use-proposal';

/** Columns that are drawn; the rest is counted. */
const SHOWN = 100;

/** Props of {@link ProposedColumns}. */
export type ProposedColumnsProps = {
  readonly profile: TableProfile;
  readonly proposal: Pick<Proposal, 'label' | 'features' | 'setUse'>;
};

/** The columns of a table as they will be read, and what each brings to the model. */
export function ProposedColumns({ profile, proposal }: ProposedColumnsProps) {
  const { columns, rowsRead } = profile;
  const { label, features, setUse } = proposal;
  const guesses = new Map(features.map((feature) => [feature.column, feature]));
  return (
    <div
      role="region"
      aria-label="Columns"
      // A wide table scrolls, which the keyboard must be able to do too.
      tabIndex={0}
      className="max-h-72 overflow-auto rounded-control border border-border"
    >
      <table className="w-full table-fixed tablet:min-w-[560px] text-12">
        <thead className="sticky top-0 bg-raised">
          <tr className="h-7 border-b border-border text-11 text-text-3">
            <th scope="col" className="px-2 tablet:w-[30%]">
              Column
            </th>
            <th scope="col" className="w-20 px-2">
              Kind
            </th>
            <th scope="col" className="w-20 px-2 text-right! max-tablet:hidden">
              Missing
            </th>
            <th scope="col" className="w-24 px-2 text-right! max-tablet:hidden">
              Different
            </th>
            <th scope="col" className="px-2 max-tablet:hidden">
              Values
            </th>
            {label !== undefined && (
              <th scope="col" className="w-32 px-2">
                Enters as
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, SHOWN).map((column) => (
            <ColumnRow
              key={column.name}
              column={column}
              isLabel={column.name === label}
              rowsRead={rowsRead}
              guess={guesses.get(column.name)}
              onUse={setUse}
            />
          ))}
        </tbody>
      </table>
      {columns.length > SHOWN && (
        <p className="px-2 py-1.5 text-12 text-text-3">
          {SHOWN} of {formatCount(columns.length)} columns shown; all of them are read, and used as they are guessed.
        </p>
      )}
    </div>
  );
}

type ColumnRowProps = {
  readonly column: ColumnProfile;
  readonly isLabel: boolean;
  readonly rowsRead: number;
  /** Absent for the label, and where nothing is learnt. */
  readonly guess: FeatureGuess | undefined;
  readonly onUse: (column: string, use: FeatureUse) => void;
};

function ColumnRow({ column, isLabel, rowsRead, guess, onUse }: ColumnRowProps) {
  const { name, missing, distinct, isDistinctExact, values } = column;
  const texts = values.map(({ text }) => text).join(', ');
  return (
    <tr className={`h-[26px] border-b last:border-b-0 ${isLabel ? 'bg-selected' : ''}`}>
      <th scope="row" title={name} dir="auto" className="truncate px-2 font-medium!">
        {name === '' ? <span className="text-text-3">(no name)</span> : name}
      </th>
      <td className="truncate px-2 text-text-2">{kindWords(column)}</td>
      <td className="px-2 text-right text-text-2 max-tablet:hidden">
        {missing === 0 ? '0' : formatShare(missing / rowsRead)}
      </td>
      <td className="px-2 text-right text-text-2 max-tablet:hidden">
        {isDistinctExact || distinct === undefined ? formatCount(distinct) : `≈ ${formatCount(distinct)}`}
      </td>
      <td title={texts} dir="auto" className="truncate px-2 text-text-3 max-tablet:hidden">
        {texts === '' ? '–' : texts}
      </td>
      {guess === undefined ? (
        isLabel && <td className="px-2 text-11 text-accent">to learn</td>
      ) : (
        <td className="px-1" title={guess.reason}>
          <UseChoice column={column} guess={guess} onUse={onUse} />
        </td>
      )}
    </tr>
  );
}

const USE_WORDS: { readonly [U in FeatureUse]: string } = {
  number: 'scaled number',
  vocabulary: 'vocabulary',
  buckets: 'buckets',
  none: 'left out',
};

type UseChoiceProps = {
  readonly column: ColumnProfile;
  readonly guess: FeatureGuess;
  readonly onUse: (column: string, use: FeatureUse) => void;
};

/** A choice as low as its row. */
function UseChoice({ column, guess, onUse }: UseChoiceProps) {
  const possible = usesOf(column);
  if (possible.length === 1) return <span className="px-1 text-text-3">{USE_WORDS[guess.use]}</span>;
  return (
    <select
      aria-label={`${column.name} enters as`}
      value={guess.use}
      onChange={(event) => {
        const use = FEATURE_USES.find((each) => each === event.target.value);
        if (use !== undefined) onUse(column.name, use);
      }}
      className={`h-6 w-full truncate rounded-control bg-transparent px-1 hover:bg-hover max-tablet:h-11 [&>option]:bg-raised ${guess.use === 'none' ? 'text-text-3' : ''}`}
    >
      {possible.map((use) => (
        <option key={use} value={use}>
          {USE_WORDS[use]}
        </option>
      ))}
    </select>
  );
}

function kindWords({ kind, isTime, isList, trouble }: ColumnProfile): string {
  if (trouble !== undefined) return 'refused';
  if (kind === 'NONE') return 'blank';
  if (isTime) return 'time';
  return isList ? `${kind} list` : kind;
}
