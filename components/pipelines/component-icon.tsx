import {
  Blend,
  BrainCircuit,
  ChartColumn,
  Database,
  FileInput,
  Gauge,
  PackageCheck,
  Puzzle,
  ScanSearch,
  ShieldCheck,
  Table2,
  TableProperties,
  type LucideIcon,
} from 'lucide-react';

import type { ComponentType } from '../../lib/catalog/index';

const ICONS = {
  CsvExampleGen: Database,
  ParquetExampleGen: TableProperties,
  ImportSchemaGen: FileInput,
  StatisticsGen: ChartColumn,
  SchemaGen: Table2,
  ExampleValidator: ShieldCheck,
  Transform: Blend,
  Trainer: BrainCircuit,
  Evaluator: Gauge,
  Resolver: ScanSearch,
  Pusher: PackageCheck,
} as const satisfies Record<ComponentType, LucideIcon>;

/** Props of {@link ComponentIcon}. */
export type ComponentIconProps = {
  /** A component's type; one that is not known gets a puzzle piece. */
  readonly component: string;
};

/** The icon of a pipeline component, 16 px, decoration beside its name. */
export function ComponentIcon({ component }: ComponentIconProps) {
  const Icon = isShipped(component) ? ICONS[component] : Puzzle;
  return <Icon size={16} aria-hidden className="flex-none text-text-2" />;
}

function isShipped(component: string): component is ComponentType {
  return Object.hasOwn(ICONS, component);
}
