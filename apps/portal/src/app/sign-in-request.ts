const listeners = new Set<() => void>();
let isOpen = false;

function set(value: boolean): void {
  isOpen = value;
  for (const listener of listeners) listener();
}

/** Whether the dialog to sign in is asked for. */
export const signInRequest = {
  open: () => set(true),
  close: () => set(false),
  isOpen: () => isOpen,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
