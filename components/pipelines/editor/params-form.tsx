'use client';

import { ListFilter, Braces } from 'lucide-react';
import { useMemo, useState } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import type { ComponentSpec } from '../../../lib/catalog/component-spec';
import type { ColumnOrigin } from '../../../lib/catalog/field-hints';
import { changedPaths, isRecord, looksInside, setValueAt } from '../../../lib/catalog/param-values';
import { describeParams, type FormField, type Json } from '../../../lib/catalog/params-form';
import { stableJson } from '../../../lib/hash';
import { formatJsonPath, type JsonPath } from '../../../lib/json/json-path';
import { columnSourceOf, type Arriving } from '../../../lib/pipeline/arriving-columns';
import { arrivingFeatures } from '../../../lib/pipeline/arriving-features';
import { setParam, setPipelineParameter } from '../../../lib/pipeline/commands';
import type { NodeId, PipelineNode, PortRef } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import { JsonField } from '../../ui/form/json-field';
import { IconToggle } from '../../ui/form/icon-toggle';
import { useEditedPipelineId, useEditorStore } from './editor-context';
import { useJudgedDocument } from './judged-document';
import { paramProblemsOf } from './param-messages';
import { ParamsContext, type ParamsEditing } from './params-context';
import { newParameterFor } from './new-parameter';
import { FieldList } from './shape-editor';
import { outputKey, useArriving, useSettled } from './use-arriving';

/** Props of {@link ParamsForm}. */
export type ParamsFormProps = {
  readonly node: NodeId;
  /** Nodes of the same component that get every change too. */
  readonly others?: readonly NodeId[] | undefined;
  readonly content: PipelineNode;
  readonly spec: ComponentSpec;
  readonly problems: readonly Problem[];
  /** The parameters of the newest execution, and its run; undefined where the node never ran. */
  readonly last: { readonly params: { readonly [name: string]: Json }; readonly runNumber: number } | undefined;
  /** Leads to the pipeline's own parameters. */
  readonly onShowParameter: (name: string) => void;
};

/** A node's parameters as a form, made of the component's schema. */
export function ParamsForm(props: ParamsFormProps) {
  const { node, others = NOBODY, content, spec, problems, last, onShowParameter } = props;
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [asJson, setAsJson] = useState(false);
  const values: { readonly [name: string]: Json } = content.params ?? NO_VALUES;
  const fields = describeParams(spec.params);
  const changed = useMemo(() => changedPaths(fields, values), [fields, values]);
  const editing = useEditing({ node, others, spec, problems, onShowParameter, changed });
  const sinceRun = last === undefined ? undefined : changedSince(spec, values, last.params);
  return (
    <ParamsContext value={editing}>
      <div className="flex h-9 items-center gap-1 pr-2 pl-4 text-12 text-text-2">
        <span className="min-w-0 flex-1 truncate" aria-live="polite">
          {summary(changed.length, sinceRun, last?.runNumber)}
        </span>
        {others.length === 0 && <IconToggle label="Edit as JSON" isOn={asJson} onChange={setAsJson} icon={Braces} />}
        <IconToggle
          label="Show only what differs from the default"
          isOn={onlyChanged}
          onChange={setOnlyChanged}
          icon={ListFilter}
        />
      </div>
      {asJson ? (
        <AllAsJson node={node} values={values} />
      ) : (
        <Groups fields={onlyChanged ? keepOnly(fields, changed) : fields} values={values} />
      )}
      {fields.length === 0 && <p className="px-4 text-12 text-text-3">This component takes no parameters.</p>}
      {onlyChanged && changed.length === 0 && !asJson && (
        <p className="px-4 text-12 text-text-3">Every parameter has its default.</p>
      )}
    </ParamsContext>
  );
}

function summary(changed: number, sinceRun: number | undefined, run: number | undefined): string {
  const words =
    changed === 0 ? 'Nothing differs from default' : `${changed} ${changed === 1 ? 'differs' : 'differ'} from default`;
  return sinceRun === undefined || sinceRun === 0 || run === undefined
    ? words
    : `${words}, ${sinceRun} from run ${run}`;
}

/** How many parameters are not what the newest execution had. Those that only say where files lie are not compared. */
function changedSince(
  spec: ComponentSpec,
  values: { readonly [name: string]: Json },
  last: { readonly [name: string]: Json },
) {
  const parsed = spec.params.safeParse(values);
  if (!parsed.success || typeof parsed.data !== 'object' || parsed.data === null) return undefined;
  const now = new Map(Object.entries(parsed.data));
  const places = new Set((spec.sources?.(parsed.data) ?? []).map(({ param }) => param));
  const names = new Set([...now.keys(), ...Object.keys(last)]);
  return [...names].filter((name) => !places.has(name) && textOf(now.get(name)) !== textOf(last[name])).length;
}

function textOf(value: unknown): string {
  return value === undefined ? '' : stableJson(value);
}

function Groups({ fields, values }: { fields: readonly FormField[]; values: { readonly [name: string]: Json } }) {
  const groups = new Map<string, FormField[]>();
  for (const field of fields) {
    const group = field.group ?? '';
    groups.set(group, [...(groups.get(group) ?? []), field]);
  }
  return [...groups].map(([group, members]) => (
    <section key={group} aria-label={group === '' ? 'Parameters' : group} className="pb-2">
      {group !== '' && <h3 className="px-4 pt-2 pb-1 text-11 text-text-3">{group}</h3>}
      <FieldList fields={members} values={values} path={[]} />
    </section>
  ));
}

/** The fields that lead to a changed place. */
function keepOnly(fields: readonly FormField[], changed: readonly JsonPath[]): readonly FormField[] {
  return fields.flatMap((field): readonly FormField[] => {
    const below = changed.filter(([name]) => name === field.name).map(([, ...rest]) => rest);
    if (below.length === 0) return [];
    if (!looksInside(field) || field.shape.kind !== 'object' || below.some((rest) => rest.length === 0)) return [field];
    return [{ ...field, shape: { ...field.shape, fields: keepOnly(field.shape.fields, below) } }];
  });
}

function AllAsJson({ node, values }: { readonly node: NodeId; readonly values: { readonly [name: string]: Json } }) {
  const store = useEditorStore();
  const [draft, setDraft] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  return (
    <div className="px-4 pb-3">
      <JsonField
        id="all-parameters"
        label={`Parameters of ${node} as JSON`}
        rows={18}
        value={values}
        draft={draft}
        onDraft={setDraft}
        onChange={(next) => {
          const params = next ?? {};
          if (!isRecord(params)) {
            setRefusal('Parameters are an object: names and values in braces.');
            return;
          }
          setRefusal(undefined);
          store.getState().change({ label: `Edit parameters of ${node}`, burst: `params:${node}` }, (document) => {
            let result = document;
            for (const name of new Set([...Object.keys(values), ...Object.keys(params)]))
              result = setParam(result, node, { path: [name], value: params[name] });
            return result;
          });
        }}
        onDone={() => {
          store.getState().endBurst();
        }}
      />
      {refusal !== undefined && <p className="pt-1 text-11 text-st-failed">{refusal}</p>}
    </div>
  );
}

type EditingRequest = Pick<ParamsFormProps, 'node' | 'spec' | 'problems' | 'onShowParameter'> & {
  readonly others: readonly NodeId[];
  readonly changed: readonly JsonPath[];
};

const PAUSE_MS = 300;
const NO_PARAMETERS = {};
const NO_VALUES = {};
const NOBODY: readonly NodeId[] = [];

function useEditing({ node, others, spec, problems, onShowParameter, changed }: EditingRequest): ParamsEditing {
  const pipelineId = useEditedPipelineId();
  const store = useEditorStore();
  const document = useJudgedDocument();
  const settled = useSettled(document, PAUSE_MS);
  const fields = describeParams(spec.params);
  const outputs = useMemo(() => {
    const found = new Map<string, PortRef>();
    const origins: readonly ColumnOrigin[] = [
      ...Object.keys(spec.inputs).map((input) => ({ input })),
      ...(spec.sources === undefined ? [] : ['source' as const]),
    ];
    for (const origin of origins) {
      const source = columnSourceOf({ pipeline: settled, catalog: COMPONENTS }, node, origin);
      if (source.found) found.set(outputKey(source.output), source.output);
    }
    return [...found.values()];
  }, [settled, node, spec]);
  const known = useArriving(settled, outputs);
  return useMemo((): ParamsEditing => {
    const whom = others.length === 0 ? node : `${others.length + 1} nodes`;
    const arriving = (origin: ColumnOrigin): Arriving => {
      const source = columnSourceOf({ pipeline: document, catalog: COMPONENTS }, node, origin);
      if (!source.found) return { state: 'unknown', reason: source.reason };
      return known.get(outputKey(source.output)) ?? { state: 'asking' };
    };
    const set: ParamsEditing['set'] = ({ path, value, label, isTyping = false }) => {
      const burst = isTyping ? `param:${node}:${path.join('.')}` : undefined;
      store.getState().change({ label: `${label} of ${whom}`, burst }, (before) => {
        const [top] = path;
        if (top === undefined) return before;
        let after = before;
        for (const each of [node, ...others]) {
          const next = setValueAt(fields, after.nodes[each]?.params ?? {}, { path, value });
          after = setParam(after, each, { path: [top], value: next[top] });
        }
        return after;
      });
    };
    return {
      pipelineId,
      node,
      fields,
      values: document.nodes[node]?.params ?? NO_VALUES,
      parameters: document.parameters ?? NO_PARAMETERS,
      problems: paramProblemsOf(problems, node),
      differing: new Set(changed.map(formatJsonPath)),
      set,
      endBurst: () => {
        store.getState().endBurst();
      },
      arriving,
      featuresAt: (input) => arrivingFeatures(document, node, input),
      bindNew: (path, value) => {
        store.getState().change({ label: `Make a pipeline parameter of ${String(path.at(-1))}` }, (before) => {
          const { name, parameter } = newParameterFor({ document: before, path, value });
          let after = setPipelineParameter(before, name, parameter);
          const [top] = path;
          if (top === undefined) return before;
          for (const each of [node, ...others]) {
            const next = setValueAt(fields, after.nodes[each]?.params ?? {}, { path, value: { $param: name } });
            after = setParam(after, each, { path: [top], value: next[top] });
          }
          return after;
        });
      },
      showParameter: onShowParameter,
    };
  }, [changed, document, fields, known, node, others, onShowParameter, pipelineId, problems, store]);
}
