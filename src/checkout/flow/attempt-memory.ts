type MemoryView = Pick<Window, "location" | "history" | "sessionStorage">;

/** Remembers which attempt a cart is on, so that a reload or a return from the bank finds it. Never holds card data. */
export interface AttemptMemory {
  /** `returned`: the page was opened by a link that names the attempt, e.g. by the bank sending the shopper back. */
  read(): Readonly<{ attemptId: string | null; returned: boolean }>;
  write(attemptId: string): void;
  /** Puts the attempt into the page's address, so that the link finds it in another browser too. */
  makeLinkable(attemptId: string): void;
  /** The return was dealt with; a reload should not repeat it. */
  settleReturn(): void;
  /** The attempt is left behind; a reload should not find it. How long it was waited for stays known. */
  forget(): void;
  /** When its outcome began to be waited for, in milliseconds since 1970: now, the first time this is asked. */
  waitingSince(attemptId: string): number;
}

/** The browser's own memory: the address first, then the tab's session storage. It may be made on a server. */
export function browserMemory(cartId: string, view: () => MemoryView = () => window): AttemptMemory {
  const storageKey = `tender:attempt:${cartId}`;
  const waitingKey = `tender:waiting:${cartId}`;

  function settleReturn(): void {
    changeAddress(view(), (query) => {
      query.delete("attempt");
      query.delete("returned");
    });
  }

  return {
    read: () => {
      const fromAddress = new URL(view().location.href).searchParams.get("attempt");
      return {
        attemptId: fromAddress ?? tryStorage(() => view().sessionStorage.getItem(storageKey)),
        returned: fromAddress !== null,
      };
    },
    write: (attemptId) => {
      tryStorage(() => view().sessionStorage.setItem(storageKey, attemptId));
    },
    makeLinkable: (attemptId) => changeAddress(view(), (query) => query.set("attempt", attemptId)),
    settleReturn,
    forget: () => {
      tryStorage(() => view().sessionStorage.removeItem(storageKey));
      settleReturn();
    },
    waitingSince: (attemptId) => {
      const [knownId, since] = tryStorage(() => view().sessionStorage.getItem(waitingKey))?.split(" ") ?? [];
      const now = Date.now();
      // A clock that was set back must not make the shopper wait for it.
      if (knownId === attemptId) return Math.min(Number(since), now);
      tryStorage(() => view().sessionStorage.setItem(waitingKey, `${attemptId} ${now}`));
      return now;
    },
  };
}

function changeAddress(view: MemoryView, change: (query: URLSearchParams) => void): void {
  const address = new URL(view.location.href);
  change(address.searchParams);
  view.history.replaceState(view.history.state, "", address);
}

/** Storage may be switched off by the browser's settings; the page then only forgets on a reload. */
function tryStorage<Result>(use: () => Result): Result | null {
  try {
    return use();
  } catch {
    return null;
  }
}
