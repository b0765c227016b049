'use client';

import type { Json } from '../../../lib/catalog/params-form';
import type { JsonPath } from '../../../lib/json/json-path';
import { setFieldDraft, useFieldDraft } from './field-drafts';
import { fieldId } from './field-focus';
import { useParamsEditing } from './params-context';

/** A place in the parameters, and what its control should say of itself. */
export type ParamPlace = {
  /** Inside the parameters. */
  readonly path: JsonPath;
  /** Of the field, in sentence case. */
  readonly label: string;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean | undefined;
  /** True where the control must carry its own name, because no label points at it. */
  readonly isUnlabelled?: boolean | undefined;
};

/** Ids, ARIA and the ways to change a value that the controls of a form share. */
export function useParamControl({ path, label, describedBy, isInvalid, isUnlabelled }: ParamPlace) {
  const { pipelineId, node, set, endBurst } = useParamsEditing();
  const place = { pipelineId, node, path };
  const draft = useFieldDraft(place)?.text;
  return {
    draft,
    /** Keeps text that means no value, or gives it up. */
    setDraft: (text: string | undefined, reason: string) => {
      setFieldDraft(place, text === undefined ? undefined : { text, reason });
    },
    /** One change, one entry of the history. */
    choose: (value: Json | undefined) => {
      set({ path, value, label: `Set ${label}` });
    },
    /** A change while typing: all of them are one entry. */
    type: (value: Json | undefined) => {
      set({ path, value, label: `Set ${label}`, isTyping: true });
    },
    common: {
      id: fieldId(['nodes', node, 'params', ...path]),
      describedBy,
      isInvalid: isInvalid === true || draft !== undefined,
      onDone: endBurst,
      ...(isUnlabelled === true && { label }),
    },
  };
}
