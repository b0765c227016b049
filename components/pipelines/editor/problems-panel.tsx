'use client';

import { CircleAlert, CircleCheck, TriangleAlert, Wrench } from 'lucide-react';
import { useMemo, useState } from 'react';

import { paramLabel } from '../../../lib/catalog/describe-param-issues';
import { COMPONENTS } from '../../../lib/catalog/index';
import { formatQuantity } from '../../../lib/format/number';
import { formatJsonPath, parseJsonPath, type JsonPath } from '../../../lib/json/json-path';
import { fixesOf } from '../../../lib/pipeline/fix-problem';
import type { PipelineNode } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { specOf } from '../../../lib/pipeline/spec-of';
import { Button } from '../../ui/button';
import { Select } from '../../ui/select';
import { useEditedPipelineId, useEditor, useEditorStore } from './editor-context';
import { useFieldDrafts } from './field-drafts';
import { requestFieldFocus } from './field-focus';
import { useJudged } from './problems-context';

const SHOWN = ['all', 'error', 'warning'] as const;
/** More than this is drawn on demand: a broken file of a thousand nodes has thousands. */
const MOST_ROWS = 200;

/** Everything that is wrong with the document, worst first; each leads to its place, and is mended here where that is certain. */
export function ProblemsPanel() {
  const { problems } = useJudged();
  const [shown, setShown] = useState<(typeof SHOWN)[number]>('all');
  const [limit, setLimit] = useState(MOST_ROWS);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const drafts = useDraftProblems();
  const listed = { all: [...errors, ...drafts, ...warnings], error: errors, warning: [...drafts, ...warnings] }[shown];
  if (errors.length + warnings.length + drafts.length === 0)
    return (
      <p className="flex items-center gap-1.5 px-4 py-3 text-12 text-text-2">
        <CircleCheck size={14} aria-hidden="true" className="text-st-complete" />
        No problems. The pipeline can run.
      </p>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-none items-center gap-3 px-4 py-1.5 text-12 text-text-2">
        <span role="status">
          {formatQuantity(errors.length, 'error')}, {formatQuantity(warnings.length + drafts.length, 'warning')}
        </span>
        <Select
          label="show"
          value={shown}
          options={[
            { value: 'all', label: 'all' },
            { value: 'error', label: 'errors' },
            { value: 'warning', label: 'warnings' },
          ]}
          onChange={setShown}
        />
      </div>
      <ul aria-label="Problems" className="min-h-0 flex-1 overflow-auto border-t">
        {withKeys(listed.slice(0, limit)).map(({ key, problem }) => (
          <ProblemRow key={key} problem={problem} />
        ))}
        {listed.length > limit && (
          <li className="px-4 py-2">
            <Button
              size="small"
              onClick={() => {
                setLimit(limit + MOST_ROWS);
              }}
            >
              {limit} of {listed.length} shown: show more
            </Button>
          </li>
        )}
      </ul>
    </div>
  );
}

/** Names of rows: a problem that is there twice is two rows. */
function withKeys(problems: readonly Problem[]) {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    const name = `${problem.code} ${problem.path ?? ''} ${problem.message}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { key: `${name} ${count}`, problem };
  });
}

/** Text in fields that means no value yet, as warnings: a run would not see it. */
function useDraftProblems(): readonly Problem[] {
  const pipelineId = useEditedPipelineId();
  const drafts = useFieldDrafts();
  const nodes = useEditor((state) => state.document.nodes);
  return [...drafts.values()]
    .filter((draft) => draft.pipelineId === pipelineId && Object.hasOwn(nodes, draft.node))
    .map(({ node, path, reason }) => ({
      code: 'invalid-parameter' as const,
      severity: 'warning' as const,
      message: `${reason} The text stays in the field "${labelOf(nodes[node], path)}" of ${node}; a run uses the value from before.`,
      node,
      path: formatJsonPath(['nodes', node, 'params', ...path]),
    }));
}

function labelOf(node: PipelineNode | undefined, path: JsonPath): string {
  const spec = specOf(COMPONENTS, node?.component ?? '');
  return spec === undefined
    ? String(path.at(-1))
    : paramLabel({ schema: spec.params, value: node?.params ?? {} }, path);
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const store = useEditorStore();
  const { document, arriving } = useJudged();
  const { severity, message, node, path } = problem;
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert;
  const fixes = useMemo(
    () => fixesOf({ pipeline: document, catalog: COMPONENTS, arriving }, problem),
    [document, arriving, problem],
  );
  return (
    <li className="flex items-start gap-2 border-b px-4 py-1.5 text-12 hover:bg-hover">
      <button
        type="button"
        onClick={() => {
          store.getState().select(node === undefined ? [] : [node]);
          const place = path === undefined ? undefined : parseJsonPath(path);
          if (place?.ok === true) requestFieldFocus(place.value);
        }}
        className="flex min-w-0 flex-1 items-start gap-2 rounded-control text-left max-tablet:min-h-11"
      >
        <Icon
          size={14}
          role="img"
          aria-label={severity === 'error' ? 'Error' : 'Warning'}
          className={`mt-px ${severity === 'error' ? 'text-st-failed' : 'text-st-warning'}`}
        />
        <span dir="auto" className="min-w-0 flex-1 break-words">
          {message}
        </span>
        <span title={path} dir="auto" className="max-w-40 flex-none truncate text-text-3">
          {node ?? path ?? 'Pipeline'}
        </span>
      </button>
      {fixes.slice(0, 2).map((fix) => (
        <Button
          key={fix.label}
          size="small"
          onClick={() => {
            store.getState().change({ label: fix.label }, fix.apply);
          }}
        >
          <Wrench size={12} aria-hidden="true" />
          <span title={fix.label} dir="auto" className="max-w-56 truncate">
            {fix.label}
          </span>
        </Button>
      ))}
    </li>
  );
}
