'use client';

import type { ReactNode } from 'react';

import { schemaFeature, type LifecycleStage, type SchemaFeature } from '../../../lib/artifact/data-schema';
import {
  COMPARATOR_MEASURES,
  knownEnvironments,
  replaceFeature,
  valencyKindOf,
  withThreshold,
  withValencyKind,
  type ValencyKind,
} from '../../../lib/artifact/schema-edit';
import { stageName } from '../../../lib/artifact/schema-words';
import { FEATURE_TYPES, LIFECYCLE_STAGES } from '../../../lib/tfmd/schema-messages';
import { Field } from '../../ui/form/field';
import { ListEditor } from '../../ui/form/list-editor';
import { MultiSelect } from '../../ui/form/multi-select';
import { NumberField } from '../../ui/form/number-field';
import { SelectField } from '../../ui/form/select-field';
import { DomainFields, type FeatureFormProps } from './domain-fields';
import { OptionalNumber } from './optional-number';

type PartProps = { readonly feature: SchemaFeature; readonly set: (feature: SchemaFeature) => void };

/** Everything that the schema says of one feature, to be changed. */
export function FeatureForm(props: FeatureFormProps) {
  const { schema, index, feature, onChange } = props;
  const set = (next: SchemaFeature) => {
    onChange(replaceFeature(schema, index, schemaFeature(next)));
  };
  const part = { feature, set };
  return (
    <div className="pb-4">
      <Group title="Values">
        <TypeField {...part} />
        <DomainFields {...props} />
      </Group>
      <Group title="Presence">
        <PresenceFields {...part} />
      </Group>
      <Group title="Values per example">
        <ValencyFields {...part} />
      </Group>
      <Group title="Environments">
        <EnvironmentFields {...part} known={knownEnvironments(schema)} />
      </Group>
      <Group title="Drift, against the last span">
        <ComparatorFields {...part} side="driftComparator" />
      </Group>
      <Group title="Skew, against serving">
        <ComparatorFields {...part} side="skewComparator" />
      </Group>
      <Group title="Stage">
        <StageField {...part} />
      </Group>
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="border-t py-2 first:border-t-0">
      <legend className="sr-only">{title}</legend>
      <p aria-hidden="true" className="px-4 pb-1 text-12 font-semibold">
        {title}
      </p>
      {children}
    </fieldset>
  );
}

function TypeField({ feature, set }: PartProps) {
  return (
    <Field id="feature-type" label="Type" help="As it is stored: texts are BYTES.">
      <SelectField
        id="feature-type"
        value={feature.type ?? ''}
        placeholder="no type"
        options={FEATURE_TYPES.filter((type) => type !== 'TYPE_UNKNOWN').map((type) => ({ value: type, label: type }))}
        onChange={(value) => {
          const type = FEATURE_TYPES.find((each) => each === value);
          if (type !== undefined) set({ ...feature, type });
        }}
      />
    </Field>
  );
}

function PresenceFields({ feature, set }: PartProps) {
  const { presence } = feature;
  const change = (part: NonNullable<SchemaFeature['presence']>) => {
    const next = { ...presence, ...part };
    const isEmpty = next.minCount === undefined && next.minFraction === undefined;
    set({ ...feature, groupPresence: undefined, presence: isEmpty ? undefined : next });
  };
  return (
    <>
      <OptionalNumber
        id="presence-fraction"
        label="Share"
        help="min_fraction: the share of examples that must have the feature. 1 means all of them."
        value={presence?.minFraction}
        min={0}
        max={1}
        step={0.01}
        onChange={(minFraction) => {
          change({ minFraction });
        }}
      />
      <OptionalNumber
        id="presence-count"
        label="Examples"
        help="min_count: how many examples must have the feature."
        value={presence?.minCount}
        min={0}
        isWhole
        onChange={(minCount) => {
          change({ minCount });
        }}
      />
    </>
  );
}

const VALENCY_WORDS: { readonly [K in ValencyKind]: string } = {
  none: 'Not checked',
  count: 'From … to …',
  shape: 'A fixed shape',
  nested: 'Nested lists',
};
const VALENCIES: readonly ValencyKind[] = ['none', 'count', 'shape', 'nested'];

function ValencyFields({ feature, set }: PartProps) {
  const { valueCount, valueCounts, shape } = feature;
  const counts = valueCounts?.valueCount ?? [];
  return (
    <>
      <Field id="valency-kind" label="Limit">
        <SelectField
          id="valency-kind"
          value={valencyKindOf(feature)}
          options={VALENCIES.map((value) => ({ value, label: VALENCY_WORDS[value] }))}
          onChange={(value) => {
            const kind = VALENCIES.find((each) => each === value);
            if (kind !== undefined) set(withValencyKind(feature, kind));
          }}
        />
      </Field>
      {valueCount !== undefined && (
        <CountFields
          id="valency"
          count={valueCount}
          onChange={(next) => {
            set({ ...feature, valueCount: next });
          }}
        />
      )}
      {valueCounts !== undefined && (
        <div className="px-4">
          <ListEditor
            id="valency-levels"
            label="Levels of nesting"
            itemName="level"
            length={counts.length}
            renderItem={(level) => (
              <CountFields
                id={`valency-${level}`}
                count={counts[level] ?? {}}
                onChange={(next) => {
                  set({ ...feature, valueCounts: { valueCount: counts.with(level, next) } });
                }}
              />
            )}
            onAdd={() => {
              set({ ...feature, valueCounts: { valueCount: [...counts, {}] } });
            }}
            onRemove={(level) => {
              set({ ...feature, valueCounts: { valueCount: counts.filter((_, at) => at !== level) } });
            }}
            min={1}
          />
        </div>
      )}
      {shape !== undefined && <ShapeFields feature={feature} set={set} />}
    </>
  );
}

type CountFieldsProps = {
  readonly id: string;
  readonly count: NonNullable<SchemaFeature['valueCount']>;
  readonly onChange: (count: NonNullable<SchemaFeature['valueCount']>) => void;
};

function CountFields({ id, count, onChange }: CountFieldsProps) {
  return (
    <>
      <OptionalNumber
        id={`${id}-min`}
        label="At least"
        value={count.min}
        min={0}
        isWhole
        onChange={(min) => {
          onChange({ ...count, min });
        }}
      />
      <OptionalNumber
        id={`${id}-max`}
        label="At most"
        value={count.max}
        min={0}
        isWhole
        onChange={(max) => {
          onChange({ ...count, max });
        }}
      />
    </>
  );
}

function ShapeFields({ feature, set }: PartProps) {
  const dims = feature.shape?.dim ?? [];
  const change = (dim: typeof dims) => {
    set({ ...feature, shape: { dim } });
  };
  return (
    <div className="px-4 pt-1">
      <ListEditor
        id="valency-shape"
        label="Dimensions of the shape"
        itemName="dimension"
        length={dims.length}
        renderItem={(at) => (
          <NumberField
            id={`shape-${at}`}
            label={`Size of dimension ${at + 1}`}
            value={dims[at]?.size}
            draft={undefined}
            onDraft={() => undefined}
            min={1}
            onChange={(size) => {
              if (size !== undefined && Number.isSafeInteger(size) && size > 0)
                change(dims.with(at, { ...dims[at], size }));
            }}
          />
        )}
        onAdd={() => {
          change([...dims, { size: 1 }]);
        }}
        onRemove={(at) => {
          change(dims.filter((_, other) => other !== at));
        }}
      />
    </div>
  );
}

function EnvironmentFields({ feature, set, known }: PartProps & { readonly known: readonly string[] }) {
  const fields = [
    ['notInEnvironment', 'Not in', 'in all default ones'],
    ['inEnvironment', 'Also in', 'in no other'],
  ] as const;
  return fields.map(([field, label, placeholder]) => (
    <Field key={field} id={`feature-${field}`} label={label}>
      <MultiSelect
        id={`feature-${field}`}
        label={label}
        value={feature[field]}
        options={known.map((value) => ({ value }))}
        placeholder={placeholder}
        emptyText="The schema names no environment yet. Type a name, then Enter."
        onChange={(names) => {
          set({ ...feature, [field]: [...names] });
        }}
      />
    </Field>
  ));
}

function ComparatorFields({ feature, set, side }: PartProps & { readonly side: 'driftComparator' | 'skewComparator' }) {
  const comparator = feature[side];
  return COMPARATOR_MEASURES.map(({ field, label }) => (
    <OptionalNumber
      key={field}
      id={`${side}-${field}`}
      label={label}
      value={comparator?.[field]?.threshold}
      min={0}
      step={0.01}
      onChange={(threshold) => {
        set({ ...feature, [side]: withThreshold(comparator, field, threshold) });
      }}
    />
  ));
}

const STAGES = Object.keys(LIFECYCLE_STAGES);
const isStage = (value: string): value is LifecycleStage => Object.hasOwn(LIFECYCLE_STAGES, value);

function StageField({ feature, set }: PartProps) {
  return (
    <Field
      id="feature-stage"
      label="Stage"
      help="Validation leaves planned, alpha, deprecated, debug only and disabled features alone."
      note={feature.deprecated === true ? 'deprecated by the old flag' : undefined}
    >
      <SelectField
        id="feature-stage"
        value={feature.lifecycleStage ?? 'UNKNOWN_STAGE'}
        options={STAGES.map((stage) => ({
          value: stage,
          label: stage === 'UNKNOWN_STAGE' ? 'in use' : stageName(stage),
        }))}
        onChange={(value) => {
          if (!isStage(value)) return;
          set({ ...feature, deprecated: undefined, lifecycleStage: value === 'UNKNOWN_STAGE' ? undefined : value });
        }}
      />
    </Field>
  );
}
