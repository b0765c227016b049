'use client';

import { useState } from 'react';

import type { DataSchema } from '../../../lib/artifact/data-schema';

/** A schema that is being edited, with the way back. */
export type SchemaEditor = {
  /** As it was. */
  readonly base: DataSchema;
  /** As it is now; the same object as `base` while nothing was changed. */
  readonly schema: DataSchema;
  readonly isChanged: boolean;
  readonly canUndo: boolean;
  readonly change: (next: DataSchema) => void;
  readonly undo: () => void;
  /** Gives up every change. */
  readonly reset: () => void;
};

/** Changes further back cannot be undone one by one. */
const MAX_PAST = 200;

/** Collects changes of a schema until they are reviewed. Another `base` begins anew: give the caller a `key`. */
export function useSchemaEditor(base: DataSchema): SchemaEditor {
  const [past, setPast] = useState<readonly DataSchema[]>([]);
  const [schema, setSchema] = useState(base);
  return {
    base,
    schema,
    isChanged: schema !== base,
    canUndo: past.length > 0,
    change: (next) => {
      if (next === schema) return;
      setPast([...past.slice(-MAX_PAST), schema]);
      setSchema(next);
    },
    undo: () => {
      const before = past.at(-1);
      if (before === undefined) return;
      setPast(past.slice(0, -1));
      setSchema(before);
    },
    reset: () => {
      setPast([]);
      setSchema(base);
    },
  };
}
