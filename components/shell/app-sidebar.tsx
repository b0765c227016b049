'use client';

import { Box, House, SquarePlay, Table2, Workflow, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';

import { Logo } from './logo';
import { SidebarPipelines } from './sidebar-pipelines';
import { StudioSearch } from './studio-search';
import { ThemeSwitch } from './theme-switch';

type Entry = { readonly href: string; readonly label: string; readonly icon: LucideIcon };

/** What works today. An entry is added when its screen is. */
const ENTRIES: readonly Entry[] = [
  { href: '/', label: 'Home', icon: House },
  { href: '/pipelines', label: 'Pipelines', icon: Workflow },
  { href: '/runs', label: 'Runs', icon: SquarePlay },
  { href: '/data', label: 'Data', icon: Table2 },
  { href: '/models', label: 'Models', icon: Box },
];

/** Navigation: a column of 200 px, of 48 px under 1100 px, a bar at the bottom under 700 px. */
export function AppSidebar() {
  const path = usePathname();
  return (
    <div className="order-last flex border-t bg-bg tablet:order-none tablet:flex-col tablet:border-t-0 tablet:border-r tablet:px-2 tablet:pb-2">
      <Link
        href="/"
        aria-label="Sluice, home"
        className="hidden h-12 items-center gap-2 px-1.5 text-15 font-semibold tracking-[-0.01em] tablet:flex desktop:px-2"
      >
        <Logo />
        <span className="hidden desktop:inline">Sluice</span>
      </Link>
      <StudioSearch />
      <nav aria-label="Main" className="flex flex-[4] tablet:mt-1 tablet:flex-none tablet:flex-col">
        {ENTRIES.map((entry) => (
          <SidebarLink key={entry.href} entry={entry} current={isCurrent(path, entry.href)} />
        ))}
      </nav>
      <SidebarPipelines />
      <div className="flex-1 tablet:mt-auto tablet:flex-none">
        <ThemeSwitch />
      </div>
    </div>
  );
}

function SidebarLink({ entry, current }: { readonly entry: Entry; readonly current: boolean }) {
  const Icon = entry.icon;
  return (
    <Link
      href={entry.href}
      title={entry.label}
      {...(current && { 'aria-current': 'page' as const })}
      className="group flex h-13 flex-1 flex-col items-center justify-center gap-1 text-11 font-medium text-text-2 aria-[current]:text-accent tablet:h-7 tablet:flex-none tablet:flex-row tablet:justify-start tablet:gap-2 tablet:rounded-control tablet:px-2 tablet:text-13 tablet:hover:bg-hover tablet:aria-[current]:bg-n-100 tablet:aria-[current]:text-text"
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden="true"
        className="size-5 text-text-3 group-aria-[current]:text-accent tablet:size-4"
      />
      <span className="tablet:sr-only desktop:not-sr-only">{entry.label}</span>
    </Link>
  );
}

function isCurrent(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
