import { ArtifactMark } from '../../ui/artifact-mark';
import { useCanvas } from './canvas-context';

/** What the keyboard is wiring: the port that is on offer, or what the wire would go to. */
export function KeyWireBar() {
  const keyWire = useCanvas((state) => state.keyWire);
  if (keyWire === undefined) return null;
  const isPort = keyWire.phase === 'port';
  const target = isPort ? undefined : keyWire.targets[keyWire.index];
  const port = isPort ? keyWire.ports[keyWire.index] : target?.port;
  const node = isPort ? keyWire.node : target?.node;
  const count = isPort ? keyWire.ports.length : keyWire.targets.length;
  return (
    <p
      data-key-wire={keyWire.phase}
      className="absolute bottom-3 left-1/2 flex max-w-[calc(100%-24px)] -translate-x-1/2 items-center gap-2 rounded-card border border-border bg-raised px-3 py-1.5 text-12 shadow-lifted"
    >
      <span className="text-text-3">{isPort ? 'Wire from' : `Wire ${keyWire.wiring.from.node} to`}</span>
      <ArtifactMark type={port?.type} />
      <span className="min-w-0 truncate font-medium">
        {node}.{port?.name}
      </span>
      <span className="flex-none text-text-3">
        {keyWire.index + 1} of {count} · arrows choose, Enter {isPort ? 'takes' : 'wires'}, Escape ends
      </span>
    </p>
  );
}
