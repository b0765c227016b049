import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';

import { Logo } from './logo';

/** A step of the breadcrumb; the last one, without an address, is the page itself. */
export type Crumb = { readonly label: string; readonly href?: string };

/** Props of {@link PageHead}. */
export type PageHeadProps = {
  readonly crumbs: readonly Crumb[];
  /** A short count beside the title: "74 runs, 1 running". */
  readonly note?: ReactNode;
  /** At most three actions, one of them ink. */
  readonly children?: ReactNode;
};

/** The head of a page: breadcrumb at the left, actions at the right, 48 px. */
export function PageHead({ crumbs, note, children }: PageHeadProps) {
  return (
    <header className="flex h-14 flex-none items-center gap-2 border-b bg-surface px-4 tablet:h-12 tablet:pl-5">
      <span className="tablet:hidden">
        <Logo />
      </span>
      <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-text-3">
        {crumbs.map((crumb, index) => (
          <Fragment key={crumb.href ?? 'here'}>
            {index > 0 && (
              <span aria-hidden="true" className="hidden text-n-400 tablet:inline">
                /
              </span>
            )}
            <CrumbView crumb={crumb} isLast={index === crumbs.length - 1} />
          </Fragment>
        ))}
      </nav>
      {note !== undefined && <span className="hidden truncate text-12 text-text-3 tablet:inline">{note}</span>}
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </header>
  );
}

function CrumbView({ crumb, isLast }: { readonly crumb: Crumb; readonly isLast: boolean }) {
  if (isLast || crumb.href === undefined) {
    return (
      <h1 title={crumb.label} dir="auto" className="truncate font-semibold text-text">
        {crumb.label}
      </h1>
    );
  }
  return (
    <Link
      href={crumb.href}
      title={crumb.label}
      dir="auto"
      className="hidden max-w-60 truncate hover:text-text hover:underline hover:underline-offset-2 tablet:inline"
    >
      {crumb.label}
    </Link>
  );
}
