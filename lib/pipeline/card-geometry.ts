/**
 * The size of a node's card and the places of its ports, from the document and the catalog alone: nothing is measured on
 * the screen, so that wires, hit tests and the small map need no card to be drawn. In pixels at zoom 1.
 */

import type { ComponentSpec, PortSpec } from '../catalog/component-spec';
import type { PipelineNode } from './pipeline';

/** Width of every card. */
export const CARD_WIDTH = 166;
/** Height of a row of ports. */
export const PORT_ROW = 18;

/** From the card's top to its first row of ports: border, head, headline, space. */
const PORTS_TOP = 55;
/** Under the last row of ports, with the border. */
const BOTTOM = 7;

/** Which side of a card a port is on. */
export type PortSide = 'input' | 'output';

/** A port as the card draws it. */
export type CardPort = {
  readonly side: PortSide;
  readonly name: string;
  /** The artifact type; undefined where the component, or its port, is not known. */
  readonly type: string | undefined;
  /** What travels here, in a line; empty where it is not known. */
  readonly summary: string;
  readonly isOptional: boolean;
  /** An input that takes a list. */
  readonly takesMany: boolean;
  /** Inputs only: what arrives decides whether the node runs. */
  readonly isGate: boolean;
  /** From the card's top to the middle of the port. */
  readonly y: number;
};

/** A card without its place. */
export type Card = {
  readonly inputs: readonly CardPort[];
  readonly outputs: readonly CardPort[];
  readonly height: number;
};

/** What a card is made of. `wiredOutputs` are outputs that wires of the document name, known to the component or not. */
export type CardSource = {
  readonly node: PipelineNode;
  readonly spec: ComponentSpec | undefined;
  readonly wiredOutputs?: Iterable<string> | undefined;
};

/** The card of a node. Ports that only the document names come after those of the component, so that their wires end somewhere. */
export function cardOf({ node, spec, wiredOutputs = [] }: CardSource): Card {
  const inputs = portsOf('input', spec?.inputs ?? {}, Object.keys(node.inputs ?? {}));
  const outputs = portsOf('output', spec?.outputs ?? {}, wiredOutputs);
  const rows = Math.max(1, inputs.length, outputs.length);
  return { inputs, outputs, height: PORTS_TOP + rows * PORT_ROW + BOTTOM };
}

function portsOf(
  side: PortSide,
  known: { readonly [port: string]: PortSpec },
  named: Iterable<string>,
): readonly CardPort[] {
  const names = new Set([...Object.keys(known), ...named]);
  return [...names].map((name, row) => {
    const spec = Object.hasOwn(known, name) ? known[name] : undefined;
    return {
      side,
      name,
      type: spec?.type,
      summary: spec?.summary ?? '',
      isOptional: spec?.optional === true,
      takesMany: spec?.multiple === true,
      isGate: spec?.gate !== undefined,
      y: PORTS_TOP + row * PORT_ROW + PORT_ROW / 2,
    };
  });
}
