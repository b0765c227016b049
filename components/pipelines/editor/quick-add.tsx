'use client';

import { Command } from 'cmdk';
import { Portal } from 'radix-ui';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';

import { COMPONENTS } from '../../../lib/catalog/index';
import { addComponent } from '../../../lib/pipeline/add-component';
import { CARD_WIDTH } from '../../../lib/pipeline/card-geometry';
import { matchWords } from '../../../lib/pipeline/match-words';
import type { NodeId } from '../../../lib/pipeline/pipeline';
import { rankComponents, type OpenWire, type RankedComponent } from '../../../lib/pipeline/rank-components';
import { ArtifactMark } from '../../ui/artifact-mark';
import { Kbd } from '../../ui/kbd';
import { ComponentIcon } from '../component-icon';
import { useEditor, useEditorStore } from './editor-context';
import type { EditorStore, QuickAdd as OpenQuickAdd } from './editor-store';

const WIDTH = 320;
const HEIGHT = 340;
const MARGIN = 8;
/** From a card to the one that follows it. */
const NEXT_GAP = 58;

/** The list of components at a place of the canvas, while one is asked for. */
export function QuickAdd() {
  const quickAdd = useEditor((state) => state.quickAdd);
  if (quickAdd === undefined) return null;
  const { x, y } = quickAdd.at;
  return <QuickAddList key={`${x} ${y} ${quickAdd.from?.node ?? ''}`} quickAdd={quickAdd} />;
}

function QuickAddList({ quickAdd }: { readonly quickAdd: OpenQuickAdd }) {
  const store = useEditorStore();
  const document = useEditor((state) => state.document);
  const [query, setQuery] = useState('');
  const frame = useRef<HTMLDivElement>(null);
  const { from } = quickAdd;
  // What is named comes before what only speaks of it; the sort keeps what helps most first among equals.
  const offered = rankComponents(document, COMPONENTS, from)
    .flatMap((component) => {
      const match = matchWords(component.spec, query);
      return match === undefined ? [] : [{ ...component, match }];
    })
    .sort((a, b) => a.match - b.match);
  const [chosen, setChosen] = useState('');
  const marked = offered.some(({ spec }) => spec.type === chosen) ? chosen : (offered[0]?.spec.type ?? '');
  const place = placeOf(store, quickAdd);
  const close = () => {
    store.getState().openQuickAdd(undefined);
  };
  const take = (offer: RankedComponent | undefined, goesOn: boolean) => {
    if (offer !== undefined) addOffer(store, quickAdd, { offer, goesOn });
  };

  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && frame.current?.contains(event.target) === false) close();
    };
    window.document.addEventListener('pointerdown', onPress, true);
    return () => {
      window.document.removeEventListener('pointerdown', onPress, true);
    };
  });

  return (
    // Beside everything else, so that no pane lies over it.
    <Portal.Root
      ref={frame}
      style={{ '--x': `${place.x}px`, '--y': `${place.y}px` } as CSSProperties}
      className="fixed top-(--y) left-(--x) w-80 overflow-hidden rounded-card border border-border bg-raised text-text shadow-floating"
    >
      <Command
        label="Add a component"
        shouldFilter={false}
        value={marked}
        onValueChange={setChosen}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Escape' || event.key === 'Tab') {
            event.preventDefault();
            event.stopPropagation();
            close();
          }
          if (event.key === 'Enter' && event.shiftKey) {
            event.preventDefault();
            take(
              offered.find(({ spec }) => spec.type === marked),
              false,
            );
          }
        }}
      >
        <Command.Input
          autoFocus
          value={query}
          onValueChange={(words) => {
            setChosen('');
            setQuery(words);
          }}
          placeholder={from === undefined ? 'Add a component' : `What takes ${from.node}.${from.port}?`}
          className="h-9 w-full border-b bg-transparent px-3 text-13 outline-none placeholder:text-text-3"
        />
        <Command.List className="max-h-64 overflow-y-auto p-1">
          <Command.Empty className="px-2 py-2 text-12 text-text-2">
            {from === undefined ? 'No component has these words.' : 'No component takes this wire.'}
          </Command.Empty>
          {offered.map((offer) => (
            <Command.Item
              key={offer.spec.type}
              value={offer.spec.type}
              onSelect={() => {
                take(offer, true);
              }}
              className="flex items-center gap-2 rounded-control px-2 py-1 data-[selected=true]:bg-hover"
            >
              <ComponentIcon component={offer.spec.type} />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-12 font-medium">{offer.spec.type}</span>
                <span className="block truncate text-11 text-text-3">{offer.spec.summary}</span>
              </span>
              {offer.port !== undefined && (
                <span className="flex items-center gap-1 text-11 text-text-2">
                  <ArtifactMark type={typeOfPort(offer)} />
                  {offer.port}
                </span>
              )}
            </Command.Item>
          ))}
        </Command.List>
        <p className="flex gap-3 border-t px-3 py-1.5 text-11 text-text-3">
          <span>
            <Kbd keys="Enter" /> adds and goes on
          </span>
          <span>
            <Kbd keys="Shift+Enter" /> adds and stops
          </span>
        </p>
      </Command>
    </Portal.Root>
  );
}

function typeOfPort({ spec, port = '' }: RankedComponent): string {
  return spec.inputs[port]?.type ?? spec.outputs[port]?.type ?? '';
}

/** Inside the window, whatever part of the canvas is in view. */
function placeOf(store: EditorStore, { at }: OpenQuickAdd) {
  const view = store.getState().canvasView;
  const middle = { x: (window.innerWidth - WIDTH) / 2, y: (window.innerHeight - HEIGHT) / 2 };
  const { x, y } = view?.toWindow(at) ?? middle;
  const within = (value: number, size: number, room: number) => Math.max(MARGIN, Math.min(value, room - size - MARGIN));
  return { x: within(x, WIDTH, window.innerWidth), y: within(y, HEIGHT, window.innerHeight) };
}

type Choice = { readonly offer: RankedComponent; readonly goesOn: boolean };

function addOffer(store: EditorStore, { at, from }: OpenQuickAdd, { offer, goesOn }: Choice): void {
  const { change, select, openQuickAdd } = store.getState();
  let id: NodeId = '';
  change({ label: `Add ${offer.spec.type}` }, (before) => {
    const added = addComponent(before, COMPONENTS, {
      component: offer.spec.type,
      at,
      from,
      port: offer.port,
      wires: true,
    });
    id = added.id;
    return added.document;
  });
  select([id]);
  const next = goesOn ? nextOf(store, id) : undefined;
  openQuickAdd(next);
  if (next === undefined) store.getState().canvasView?.reveal(id);
}

/** The list goes on from the first output of the new node that something takes. */
function nextOf(store: EditorStore, id: NodeId): OpenQuickAdd | undefined {
  const { document } = store.getState();
  const place = document.layout?.[id];
  const spec = Object.values(COMPONENTS).find(({ type }) => type === document.nodes[id]?.component);
  const from = Object.keys(spec?.outputs ?? {})
    .map((port): OpenWire => ({ node: id, port, side: 'output' }))
    .find((wire) => rankComponents(document, COMPONENTS, wire).length > 0);
  if (place === undefined || from === undefined) return undefined;
  return { at: { x: place.x + CARD_WIDTH + NEXT_GAP, y: place.y }, from };
}
