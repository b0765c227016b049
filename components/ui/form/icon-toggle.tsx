import type { LucideIcon } from 'lucide-react';

import { Tooltip } from '../tooltip';

/** Props of {@link IconToggle}. */
export type IconToggleProps = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
};

/** A small button that stays pressed. */
export function IconToggle({ label, icon: Icon, isOn, onChange }: IconToggleProps) {
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={isOn}
        onClick={() => {
          onChange(!isOn);
        }}
        className={`grid size-6 flex-none place-content-center rounded-control hover:bg-hover max-tablet:size-11 ${isOn ? 'bg-accent-soft text-accent' : 'text-text-3'}`}
      >
        <Icon size={14} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}
