import * as z from 'zod';

import { COMPONENTS } from '../../lib/catalog/index';
import { stableJson } from '../../lib/hash';
import type { Pipeline } from '../../lib/pipeline/pipeline';
import { resolveParams } from '../../lib/pipeline/resolve-params';
import { specOf } from '../../lib/pipeline/spec-of';
import type { NodeSnapshot } from '../../lib/run/fold-run';
import { PanelSection } from './panel-section';

/** Props of {@link NodeParams}. */
export type NodeParamsProps = { readonly node: NodeSnapshot; readonly document: Pipeline };

const zParams = z.record(z.string(), z.unknown());

/** The parameters that a node ran with; what differs from the default stands out. Nothing for a node without any. */
export function NodeParams({ node, document }: NodeParamsProps) {
  const { params } = resolveParams(document, node.node);
  const spec = specOf(COMPONENTS, node.component);
  const used = zParams.catch(params).parse(spec?.params.safeParse(params).data);
  // A component with a parameter that must be given has no defaults as a whole; then what was given is what stands out.
  const byDefault = zParams.catch({}).parse(spec?.params.safeParse({}).data);
  const names = Object.keys(used).toSorted(
    (a, b) => Number(Object.hasOwn(params, b)) - Number(Object.hasOwn(params, a)),
  );
  if (names.length === 0) return null;
  return (
    <PanelSection title="Parameters" count={names.length}>
      <dl className="text-12">
        {names.map((name) => {
          const value = used[name];
          const isOwn = Object.hasOwn(params, name) && !isSame(value, byDefault[name]);
          return (
            <div
              key={name}
              className={`flex min-w-0 gap-3 border-l-3 py-0.5 pl-2 ${isOwn ? 'border-accent' : 'border-transparent'}`}
            >
              <dt className={`flex-none ${isOwn ? 'font-medium' : 'text-text-3'}`}>{name}</dt>
              <dd dir="auto" title={textOf(value)} className="ml-auto min-w-0 truncate text-text-2">
                {textOf(value)}
              </dd>
            </div>
          );
        })}
      </dl>
    </PanelSection>
  );
}

/** What has no default differs from it. */
function isSame(value: unknown, byDefault: unknown): boolean {
  if (value === undefined || byDefault === undefined) return false;
  return stableJson(value) === stableJson(byDefault);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
