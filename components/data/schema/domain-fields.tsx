'use client';

import type { DataSchema, SchemaFeature } from '../../../lib/artifact/data-schema';
import {
  editableDomainOf,
  EDITABLE_DOMAINS,
  replaceFeature,
  setDomainKind,
  setDomainValues,
  sharersOf,
  type EditableDomain,
} from '../../../lib/artifact/schema-edit';
import { domainValues, domainWords } from '../../../lib/artifact/schema-words';
import { Field } from '../../ui/form/field';
import { SelectField } from '../../ui/form/select-field';
import { SwitchField } from '../../ui/form/switch-field';
import { TextField } from '../../ui/form/text-field';
import { OptionalInteger, OptionalNumber } from './optional-number';
import { ValuesEditor } from './values-editor';

/** What every part of the form works on. */
export type FeatureFormProps = {
  readonly schema: DataSchema;
  readonly index: number;
  readonly feature: SchemaFeature;
  readonly onChange: (schema: DataSchema) => void;
};

const KIND_WORDS: { readonly [K in EditableDomain]: string } = {
  none: 'Any value',
  values: 'A list of texts',
  int: 'Whole numbers',
  float: 'Numbers',
  bool: 'True or false',
};

/** Which values are right. Domains of other kinds are shown and kept. */
export function DomainFields({ schema, index, feature, onChange }: FeatureFormProps) {
  const kind = editableDomainOf(feature);
  const set = (next: SchemaFeature) => {
    onChange(replaceFeature(schema, index, next));
  };
  const part = { schema, index, feature, onChange, set };
  return (
    <>
      <Field id="feature-domain" label="Domain">
        <SelectField
          id="feature-domain"
          value={kind ?? 'other'}
          placeholder={domainWords(feature, schema)}
          options={[
            ...EDITABLE_DOMAINS.map((value) => ({ value, label: KIND_WORDS[value] })),
            ...(kind === undefined ? [{ value: 'other', label: domainWords(feature, schema) }] : []),
          ]}
          onChange={(value) => {
            const chosen = EDITABLE_DOMAINS.find((each) => each === value);
            if (chosen !== undefined) onChange(setDomainKind(schema, index, chosen));
          }}
        />
      </Field>
      {kind === 'int' && <IntegerFields {...part} />}
      {kind === 'float' && <FloatFields {...part} />}
      {kind === 'bool' && <BoolFields {...part} />}
      {kind === 'values' && <ListFields {...part} />}
    </>
  );
}

type PartProps = FeatureFormProps & { readonly set: (feature: SchemaFeature) => void };

function IntegerFields({ feature, set }: PartProps) {
  const { intDomain } = feature;
  return (
    <>
      <OptionalInteger
        id="domain-min"
        label="Smallest"
        value={intDomain?.min}
        onChange={(min) => {
          set({ ...feature, intDomain: { ...intDomain, min } });
        }}
      />
      <OptionalInteger
        id="domain-max"
        label="Largest"
        value={intDomain?.max}
        onChange={(max) => {
          set({ ...feature, intDomain: { ...intDomain, max } });
        }}
      />
      <Field id="domain-categorical" label="Categorical" help="The numbers name things: a mean of them says nothing.">
        <SwitchField
          id="domain-categorical"
          value={intDomain?.isCategorical ?? false}
          onChange={(on) => {
            set({ ...feature, intDomain: { ...intDomain, isCategorical: on ? true : undefined } });
          }}
        />
      </Field>
    </>
  );
}

function FloatFields({ feature, set }: PartProps) {
  const { floatDomain } = feature;
  const flags = [
    ['disallowNan', 'No NaN'],
    ['disallowInf', 'No infinity'],
  ] as const;
  return (
    <>
      <OptionalNumber
        id="domain-min"
        label="Smallest"
        value={floatDomain?.min}
        onChange={(min) => {
          set({ ...feature, floatDomain: { ...floatDomain, min: single(min) } });
        }}
      />
      <OptionalNumber
        id="domain-max"
        label="Largest"
        value={floatDomain?.max}
        onChange={(max) => {
          set({ ...feature, floatDomain: { ...floatDomain, max: single(max) } });
        }}
      />
      {flags.map(([field, label]) => (
        <Field key={field} id={`domain-${field}`} label={label}>
          <SwitchField
            id={`domain-${field}`}
            value={floatDomain?.[field] ?? false}
            onChange={(on) => {
              set({ ...feature, floatDomain: { ...floatDomain, [field]: on ? true : undefined } });
            }}
          />
        </Field>
      ))}
    </>
  );
}

/** Bounds are single precision in the file. */
function single(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.fround(value);
}

function BoolFields({ feature, set }: PartProps) {
  const { boolDomain } = feature;
  const texts = [
    ['trueValue', 'Text of true'],
    ['falseValue', 'Text of false'],
  ] as const;
  return texts.map(([field, label]) => (
    <Field key={field} id={`domain-${field}`} label={label} help="Empty for numbers: 1 and 0.">
      <TextField
        id={`domain-${field}`}
        value={boolDomain?.[field] ?? ''}
        placeholder="none"
        onChange={(text) => {
          set({ ...feature, boolDomain: { ...boolDomain, [field]: text === '' ? undefined : text } });
        }}
      />
    </Field>
  ));
}

function ListFields({ schema, index, feature, onChange, set }: PartProps) {
  return (
    <>
      <ValuesEditor
        values={domainValues(feature, schema) ?? []}
        sharers={sharersOf(schema, index)}
        onChange={(values) => {
          onChange(setDomainValues(schema, index, values));
        }}
      />
      <OptionalNumber
        id="domain-mass"
        label="Listed share"
        help="min_domain_mass: the share of values that must be listed. Not set: all of them."
        value={feature.distributionConstraints?.minDomainMass}
        min={0}
        max={1}
        step={0.01}
        onChange={(mass) => {
          set({ ...feature, distributionConstraints: mass === undefined ? undefined : { minDomainMass: mass } });
        }}
      />
    </>
  );
}
