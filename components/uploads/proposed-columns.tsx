import { formatCount, formatShare } from '../../lib/format/number';
import type { ColumnProfile, TableProfile } from '../../lib/proposal/table-profile';

/** Columns that are drawn; the rest is counted. */
const SHOWN = 100;

/** Props of {@link ProposedColumns}. */
export type ProposedColumnsProps = {
  readonly profile: TableProfile;
  /** The column that is to be learnt. */
  readonly label: string | undefined;
};

/** The columns of a table as they will be read. */
export function ProposedColumns({ profile, label }: ProposedColumnsProps) {
  const { columns, rowsRead } = profile;
  return (
    <div
      role="region"
      aria-label="Columns"
      // A wide table scrolls, which the keyboard must be able to do too.
      tabIndex={0}
      className="max-h-72 overflow-auto rounded-control border border-border"
    >
      <table className="w-full min-w-[560px] table-fixed text-12">
        <thead className="sticky top-0 bg-raised">
          <tr className="h-7 border-b border-border text-11 text-text-3">
            <th scope="col" className="w-[30%] px-2">
              Column
            </th>
            <th scope="col" className="w-20 px-2">
              Kind
            </th>
            <th scope="col" className="w-20 px-2 text-right!">
              Missing
            </th>
            <th scope="col" className="w-24 px-2 text-right!">
              Different
            </th>
            <th scope="col" className="px-2">
              Values
            </th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, SHOWN).map((column) => (
            <ColumnRow key={column.name} column={column} isLabel={column.name === label} rowsRead={rowsRead} />
          ))}
        </tbody>
      </table>
      {columns.length > SHOWN && (
        <p className="px-2 py-1.5 text-12 text-text-3">
          {SHOWN} of {formatCount(columns.length)} columns shown; all of them are read.
        </p>
      )}
    </div>
  );
}

type ColumnRowProps = { readonly column: ColumnProfile; readonly isLabel: boolean; readonly rowsRead: number };

function ColumnRow({ column, isLabel, rowsRead }: ColumnRowProps) {
  const { name, missing, distinct, isDistinctExact, values } = column;
  const texts = values.map(({ text }) => text).join(', ');
  return (
    <tr className={`h-[26px] border-b last:border-b-0 ${isLabel ? 'bg-selected' : ''}`}>
      <th scope="row" title={name} dir="auto" className="truncate px-2 font-medium!">
        {name === '' ? <span className="text-text-3">(no name)</span> : name}
        {isLabel && <span className="ml-2 text-11 font-normal text-accent">to learn</span>}
      </th>
      <td className="truncate px-2 text-text-2">{kindWords(column)}</td>
      <td className="px-2 text-right text-text-2">{missing === 0 ? '0' : formatShare(missing / rowsRead)}</td>
      <td className="px-2 text-right text-text-2">
        {isDistinctExact || distinct === undefined ? formatCount(distinct) : `≈ ${formatCount(distinct)}`}
      </td>
      <td title={texts} dir="auto" className="truncate px-2 text-text-3">
        {texts === '' ? '–' : texts}
      </td>
    </tr>
  );
}

function kindWords({ kind, isTime, isList, trouble }: ColumnProfile): string {
  if (trouble !== undefined) return 'refused';
  if (kind === 'NONE') return 'blank';
  if (isTime) return 'time';
  return isList ? `${kind} list` : kind;
}
