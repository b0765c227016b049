'use client';

import { createContext, use } from 'react';

import type { Json, FormField } from '../../../lib/catalog/params-form';
import type { PipelineId } from '../../../lib/ids';
import type { JsonPath } from '../../../lib/json/json-path';
import type { NodeId, PipelineParameter } from '../../../lib/pipeline/pipeline';
import type { Problem } from '../../../lib/pipeline/problem';
import type { Arriving } from '../../../lib/pipeline/arriving-columns';
import type { ColumnOrigin } from '../../../lib/catalog/field-hints';

/** What a change of a parameter is called in the history. */
export type ParamChange = {
  readonly path: JsonPath;
  readonly value: Json | undefined;
  /** `Set batch size`. */
  readonly label: string;
  /** True while a person types: changes of one field are one entry. */
  readonly isTyping?: boolean | undefined;
};

/** What the fields of one node's parameters share. */
export type ParamsEditing = {
  readonly pipelineId: PipelineId;
  readonly node: NodeId;
  readonly fields: readonly FormField[];
  /** The parameters as they are set. */
  readonly values: { readonly [name: string]: Json };
  readonly parameters: { readonly [name: string]: PipelineParameter };
  /** Problems of this node's parameters, by the text of the path inside them. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** Places whose value differs from the default, as text. */
  readonly differing: ReadonlySet<string>;
  readonly set: (change: ParamChange) => void;
  readonly endBurst: () => void;
  /** What arrives at an input port, or lies in the node's own files. */
  readonly arriving: (origin: ColumnOrigin) => Arriving;
  /** Names of the features of the transform graph that comes with an input's artifact. */
  readonly featuresAt: (input: string) => readonly string[];
  /** Replaces a value by a reference to a new pipeline parameter that holds it. */
  readonly bindNew: (path: JsonPath, value: Json | undefined) => void;
  readonly showParameter: (name: string) => void;
};

/** See {@link ParamsEditing}. */
export const ParamsContext = createContext<ParamsEditing | undefined>(undefined);

/** The node whose parameters are being edited. */
export function useParamsEditing(): ParamsEditing {
  const editing = use(ParamsContext);
  if (editing === undefined) throw new Error('a field was drawn outside of a form of parameters');
  return editing;
}
