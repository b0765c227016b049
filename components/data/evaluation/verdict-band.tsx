'use client';

import { Check, OctagonX } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { EvalConfig } from '../../../lib/evaluation/eval-config';
import { readVerdict } from '../../../lib/evaluation/read-verdict';
import type { SliceKey } from '../../../lib/evaluation/slices';
import { verdictWords, type ThresholdSentence } from '../../../lib/evaluation/verdict-words';
import { formatQuantity } from '../../../lib/format/number';
import type { Summary } from './use-evaluation-screen';

/** Props of {@link VerdictBand}. */
export type VerdictBandProps = {
  readonly summary: Summary;
  /** Undefined where the config of the evaluation cannot be read. */
  readonly config: EvalConfig | undefined;
  readonly onSlice: (key: SliceKey) => void;
};

/** Sentences that stand in the band before somebody asks for more. */
const SHOWN = 6;

/** Blessed or not, and each threshold in a sentence. */
export function VerdictBand({ summary, config, onSlice }: VerdictBandProps) {
  const [isOpen, setOpen] = useState(false);
  const words = useMemo(() => {
    const verdict = readVerdict(summary.validation, decodeBase64);
    return verdict === undefined || config === undefined ? undefined : verdictWords({ verdict, config, summary });
  }, [summary, config]);
  if (words === undefined) return null;
  const { isBlessed, headline, reason, sentences } = words;
  const shown = isOpen ? sentences : sentences.slice(0, SHOWN);
  return (
    <section
      aria-label="Verdict"
      className="flex flex-none flex-wrap items-center gap-x-8 gap-y-2 border-b bg-bg px-4 py-2.5 tablet:px-5"
    >
      <div className="flex items-center gap-5 max-tablet:gap-3">
        <GateTile isRaised={isBlessed} />
        <div className="max-w-72">
          <h2 className={`text-15 font-semibold ${isBlessed ? 'text-st-complete' : 'text-st-warning'}`}>{headline}</h2>
          <p className="text-12 text-text-2">{reason}</p>
        </div>
      </div>
      {sentences.length > 0 && (
        <div className="min-w-0 flex-1 basis-96">
          <ul
            aria-label="Thresholds"
            className={`gap-x-8 tablet:max-h-40 tablet:overflow-y-auto text-12 leading-[18px] ${shown.length > 3 ? 'desktop:columns-2' : ''}`}
          >
            {shown.map((sentence) => (
              <Sentence key={`${sentence.text} ${sentence.note}`} sentence={sentence} onSlice={onSlice} />
            ))}
          </ul>
          {sentences.length > SHOWN && (
            <button
              type="button"
              aria-expanded={isOpen}
              className="text-12 text-accent hover:underline"
              onClick={() => {
                setOpen(!isOpen);
              }}
            >
              {isOpen ? 'Fewer' : formatQuantity(sentences.length - SHOWN, 'more sentence')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

type SentenceProps = { readonly sentence: ThresholdSentence; readonly onSlice: (key: SliceKey) => void };

function Sentence({ sentence: { holds, text, note, slice }, onSlice }: SentenceProps) {
  return (
    <li className="flex break-inside-avoid items-start gap-2">
      {holds ? (
        <Check size={14} role="img" aria-label="Holds" className="mt-0.5 flex-none text-st-complete" />
      ) : (
        <OctagonX size={14} role="img" aria-label="Does not hold" className="mt-0.5 flex-none text-st-failed" />
      )}
      <span className="min-w-0 break-words">
        {text}{' '}
        {slice === undefined ? (
          <span className="text-text-3">{note}</span>
        ) : (
          <button
            type="button"
            className="text-left break-all text-accent hover:underline"
            onClick={() => {
              onSlice(slice);
            }}
          >
            <bdi>{note}</bdi>
          </button>
        )}
      </span>
    </li>
  );
}

/** The gate that the model passes or does not: raised, or down. */
function GateTile({ isRaised }: { readonly isRaised: boolean }) {
  return (
    <span
      className={`grid size-12 flex-none place-items-center rounded-card ${isRaised ? 'bg-st-complete-soft text-st-complete' : 'bg-st-warning-soft text-st-warning'}`}
    >
      <svg width="32" height="32" viewBox="0 0 14 14" fill="currentColor" aria-hidden="true">
        <path d="M1 1h1.6v12H1zM11.4 1H13v12h-1.6z" />
        <path d={isRaised ? 'M3.6 1h6.8v4H3.6z' : 'M3.6 7.5h6.8V13H3.6z'} />
        <path d={isRaised ? 'M2.6 10.2h8.8' : 'M2.6 5h8.8'} strokeWidth="1.2" className="stroke-accent" />
      </svg>
    </span>
  );
}

function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
}
