/** What is dragged from the palette at this moment: a browser tells that to those it is held over only when it is let go. */

let held: string | undefined;

/** Remembers the component until the drag ends; undefined ends it. */
export function holdComponent(component: string | undefined): void {
  held = component;
}

/** The component that is being dragged. */
export function heldComponent(): string | undefined {
  return held;
}
