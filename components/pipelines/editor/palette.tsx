'use client';

import { Search } from 'lucide-react';
import { useState } from 'react';

import { CATEGORIES, type ComponentSpec } from '../../../lib/catalog/component-spec';
import { COMPONENTS } from '../../../lib/catalog/index';
import { addComponent } from '../../../lib/pipeline/add-component';
import { CARD_WIDTH } from '../../../lib/pipeline/card-geometry';
import { ArtifactMark } from '../../ui/artifact-mark';
import { Kbd } from '../../ui/kbd';
import { ComponentIcon } from '../component-icon';
import { useEditorStore } from './editor-context';
import { holdComponent } from './palette-drag';

/** What a drag from the palette carries: the component's type. */
const COMPONENT_MEDIA_TYPE = 'application/x-sluice-component';

/** Components by category, to be dragged onto the canvas or added by a click. */
export function Palette() {
  const [query, setQuery] = useState('');
  const found = Object.values<ComponentSpec>(COMPONENTS).filter((spec) => isFound(spec, query));
  return (
    <nav aria-label="Components" className="flex h-full min-h-0 flex-col bg-bg">
      <label className="m-2 flex h-7 flex-none items-center gap-2 rounded-control border border-border-strong bg-surface px-2 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
        <Search size={14} aria-hidden="true" className="text-text-3" />
        <input
          type="search"
          aria-label="Search components"
          placeholder="Add a component"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
          }}
          className="min-w-0 flex-1 bg-transparent text-12 outline-none placeholder:text-text-3"
        />
        <Kbd keys="/" />
      </label>
      <div className="min-h-0 flex-1 overflow-y-auto pb-3">
        {CATEGORIES.map((category) => {
          const specs = found.filter((spec) => spec.category === category);
          if (specs.length === 0) return null;
          return (
            <section key={category} aria-label={category} className="pt-1">
              <h2 className="px-4 py-1 text-11 text-text-3">{category}</h2>
              <ul>
                {specs.map((spec) => (
                  <li key={spec.type}>
                    <PaletteEntry spec={spec} />
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
        {found.length === 0 && <p className="px-4 py-2 text-12 text-text-2">No component has these words.</p>}
      </div>
    </nav>
  );
}

function PaletteEntry({ spec }: { readonly spec: ComponentSpec }) {
  const store = useEditorStore();
  const add = () => {
    const { change, select, canvasView } = store.getState();
    const centre = canvasView?.centre() ?? { x: 0, y: 0 };
    const at = { x: centre.x - CARD_WIDTH / 2, y: centre.y - CARD_WIDTH / 4 };
    let id = '';
    change({ label: `Add ${spec.type}` }, (before) => {
      const added = addComponent(before, COMPONENTS, { component: spec.type, at, wires: false });
      id = added.id;
      return added.document;
    });
    select([id]);
  };
  const outputs = Object.values(spec.outputs);
  return (
    <button
      type="button"
      draggable
      title={spec.summary}
      onDragStart={(event) => {
        event.dataTransfer.setData(COMPONENT_MEDIA_TYPE, spec.type);
        event.dataTransfer.effectAllowed = 'copy';
        holdComponent(spec.type);
      }}
      onDragEnd={() => {
        holdComponent(undefined);
      }}
      onClick={add}
      className="flex w-full cursor-grab items-start gap-2 px-4 py-1 text-left -outline-offset-2 hover:bg-hover"
    >
      <span className="mt-0.5">
        <ComponentIcon component={spec.type} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate text-12 font-medium">{spec.type}</span>
        <span className="line-clamp-2 text-11 text-text-3">{spec.summary}</span>
      </span>
      <span className="mt-1 flex gap-1">
        {outputs.map(({ type }) => (
          <ArtifactMark key={type} type={type} />
        ))}
        <span className="sr-only">makes {outputs.map(({ type }) => type).join(', ')}</span>
      </span>
    </button>
  );
}

function isFound({ type, title, summary, category }: ComponentSpec, query: string): boolean {
  const text = `${type} ${title} ${summary} ${category}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
