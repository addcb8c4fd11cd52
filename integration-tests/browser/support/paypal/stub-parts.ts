/*
 * The drawing part of the stand-in for PayPal's script; see stub-script.ts. It runs in the browser as text, so it may use
 * nothing from outside its function.
 */

import type { WalletConfig } from "./stub-wallets";

export type StubConfig = WalletConfig &
  Readonly<{
    /** What PayPal says it offers, in the words of its script. */
    offered: readonly string[];
    /** PayPal's window cannot be opened, or breaks off; may be changed during the visit, in `window.paypalStub.config`. */
    windowFails?: boolean;
  }>;

export type CardFieldOptions = Readonly<{
  type: "number" | "expiry" | "cvv" | "name";
  ariaLabel?: string;
  placeholder?: string;
  style?: Readonly<Record<string, Record<string, string | number>>>;
}>;

type FieldState = Readonly<{ isEmpty: boolean; isValid: boolean; isFocused: boolean }>;
export type CardEvent = Readonly<{ sender: string; data: Readonly<Record<string, FieldState>> }>;

export type StubParts = ReturnType<typeof makeStubParts>;

/** Makes plain labelled fields and buttons. */
export function makeStubParts() {
  /** Style is set by CSSOM: the page's policy allows no style attribute. */
  function node<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    style: Record<string, string | number>,
    text = "",
  ): HTMLElementTagNameMap[Tag] {
    const made = document.createElement(tag);
    Object.assign(made.style, style);
    made.textContent = text;
    return made;
  }

  function stubNote(color: string): HTMLElement {
    const look = { border: "1px dashed currentColor", borderRadius: "4px", padding: "2px 8px" };
    return node(
      "p",
      { ...look, color, fontSize: "12px", marginBottom: "6px", width: "fit-content" },
      "Stub of PayPal’s fields",
    );
  }

  class CardFields {
    readonly inputs = new Map<string, HTMLInputElement>();
    private readonly listeners = new Map<string, ((event: CardEvent) => void)[]>();

    on(event: string, listener: (event: CardEvent) => void): Promise<void> {
      this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
      return Promise.resolve();
    }

    create(options: CardFieldOptions): HTMLElement {
      const root = node("div", {});
      const input = node("input", { width: "100%", boxSizing: "border-box", ...options.style?.["input"] });
      input.setAttribute("aria-label", options.ariaLabel ?? "");
      input.placeholder = options.placeholder ?? "";
      this.inputs.set(options.type, input);
      input.addEventListener("input", () => this.emit("change", options.type));
      input.addEventListener("blur", () => this.emit("blur", options.type));
      if (options.type === "number") root.append(stubNote(String(options.style?.["input"]?.["color"])));
      root.append(input);
      return Object.assign(root, { destroy: () => root.remove(), focus: () => input.focus() });
    }

    typed(type: string): string {
      const value = this.inputs.get(type)?.value.trim() ?? "";
      return type === "name" ? value : value.replace(/\D/g, "");
    }

    private emit(event: string, sender: string): void {
      const data = Object.fromEntries(
        [...this.inputs].map(([type, input]) => [type, this.stateOf(type, input)]),
      );
      for (const listener of this.listeners.get(event) ?? []) listener({ sender, data });
    }

    private stateOf(type: string, input: HTMLInputElement): FieldState {
      const lengths: Record<string, number> = { number: 13, expiry: 4, cvv: 3, name: 1 };
      return {
        isEmpty: input.value === "",
        isValid: this.typed(type).length >= (lengths[type] ?? 0),
        isFocused: document.activeElement === input,
      };
    }
  }

  /** `<paypal-button>` and its like: a button that says what it stands in for. */
  function defineButton(name: string, text: string, colours: readonly [string, string]): void {
    if (customElements.get(name)) return;
    customElements.define(
      name,
      class extends HTMLElement {
        private readonly button = node(
          "button",
          {
            width: "100%",
            minHeight: "48px",
            border: "0",
            borderRadius: "10px",
            background: colours[0],
            color: colours[1],
            font: "inherit",
            fontWeight: "700",
            cursor: "pointer",
          },
          text,
        );
        connectedCallback(): void {
          this.button.type = "button";
          this.replaceChildren(this.button);
        }
        set disabled(isDisabled: boolean) {
          this.button.disabled = isDisabled;
        }
      },
    );
  }

  /** The bank's page in a frame over the page; the answer is what the shopper decided there. */
  function inFrame(src: string, title: string): Promise<string> {
    const frame = node("iframe", { width: "100%", height: "260px", border: "0", background: "#ffffff" });
    frame.title = title;
    frame.src = src;
    const dialog = node("dialog", { width: "min(420px, 90vw)", border: "0", borderRadius: "10px" });
    dialog.append(frame);
    document.body.append(dialog);
    dialog.showModal();
    return decision(() => true).finally(() => dialog.remove());
  }

  /** What the page of a window or frame of PayPal's says was decided; "cancel" when it is closed. */
  function decision(isOpen: () => boolean): Promise<string> {
    return new Promise((resolve) => {
      const end = (decided: string): void => {
        window.removeEventListener("message", listen);
        clearInterval(watch);
        resolve(decided);
      };
      const listen = ({ origin, data }: MessageEvent): void => {
        if (origin === "https://www.sandbox.paypal.com") end(String(data));
      };
      const watch = setInterval(() => !isOpen() && end("cancel"), 100);
      window.addEventListener("message", listen);
    });
  }

  return { CardFields, defineButton, inFrame, decision, node };
}
