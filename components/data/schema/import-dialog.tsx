'use client';

import { useId, useState } from 'react';

import { parseSchemaText, type DataSchema } from '../../../lib/artifact/data-schema';
import { hasComments } from '../../../lib/artifact/schema-edit';
import { AppError } from '../../../lib/errors';
import { formatQuantity } from '../../../lib/format/number';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/text-field';

/** A schema that was read from a text. */
export type ImportedSchema = { readonly text: string; readonly schema: DataSchema; readonly fileName: string };

/** Props of {@link ImportDialog}. */
export type ImportDialogProps = {
  readonly onClose: () => void;
  readonly onImport: (imported: ImportedSchema) => void;
};

/** Longest text that is taken, in characters. */
const MAX_TEXT = 8_000_000;
/** Longer texts are not put into a text field, where each key would cost. */
const MAX_SHOWN = 200_000;

/** Takes a `schema.pbtxt`: a file, or text that is pasted. What is wrong with it is said with line and column. */
export function ImportDialog({ onClose, onImport }: ImportDialogProps) {
  const textId = useId();
  const fileId = useId();
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState('schema.pbtxt');
  const [refusal, setRefusal] = useState<string>();
  const read = text.trim() === '' ? undefined : readText(text, fileName);
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    setFileName(file.name);
    if (file.size > MAX_TEXT) {
      setRefusal(`${file.name} is larger than 8 MB.`);
      return;
    }
    void file.arrayBuffer().then((bytes) => {
      try {
        setText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        setRefusal(undefined);
      } catch {
        setRefusal(`${file.name} is not UTF-8 text.`);
      }
    });
  };
  const problem = refusal ?? read?.problem;
  return (
    <Dialog
      size="wide"
      title="Import schema.pbtxt"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="ink"
            disabled={read?.schema === undefined}
            onClick={() => {
              if (read?.schema !== undefined) onImport({ text, schema: read.schema, fileName });
            }}
          >
            Review
          </Button>
        </>
      }
    >
      <p className="pb-2 text-text-2">
        As TFX and TFDV write it, in protobuf’s text format. It is kept to the letter, comments included.
      </p>
      <label htmlFor={fileId} className="block pb-1 text-12 font-medium">
        File
      </label>
      <input
        id={fileId}
        type="file"
        accept=".pbtxt,.textproto,.txt,.prototxt"
        onChange={(event) => {
          take(event.target.files?.[0]);
        }}
        className="block w-full pb-2 text-12 text-text-2"
      />
      <label htmlFor={textId} className="block pb-1 text-12 font-medium">
        Text
      </label>
      {text.length > MAX_SHOWN ? (
        <p className="text-12 text-text-2">{formatQuantity(text.length, 'character')}, too long to be shown here.</p>
      ) : (
        <TextField
          id={textId}
          rows={14}
          isMono
          value={text}
          placeholder={'feature {\n  name: "fare"\n  type: FLOAT\n}'}
          isInvalid={problem !== undefined}
          describedBy={`${textId}-state`}
          onChange={(next) => {
            setText(next);
            setRefusal(undefined);
          }}
        />
      )}
      <p
        id={`${textId}-state`}
        role="status"
        className={`pt-2 text-12 ${problem === undefined ? 'text-text-2' : 'text-st-failed'}`}
      >
        {problem ?? (read?.schema === undefined ? '' : describe(read.schema, text))}
      </p>
    </Dialog>
  );
}

type ReadText = { readonly schema?: DataSchema; readonly problem?: string };

function readText(text: string, fileName: string): ReadText {
  try {
    return { schema: parseSchemaText(text, fileName) };
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message };
    throw error;
  }
}

function describe(schema: DataSchema, text: string): string {
  const features = formatQuantity(schema.feature.length, 'feature');
  return hasComments(text) ? `${features}, and comments.` : `${features}.`;
}
