/*
 * The drawing part of the stand-in for Stripe's script; see stub-script.ts. It runs in the browser as text, so it may use
 * nothing from outside its function.
 */

export type StubConfig = Readonly<{
  /** Wallets of the device, in the words of the Express Checkout Element. */
  wallets: readonly string[];
  /** The form itself fails to load, though the script came. */
  loadFails?: boolean;
}>;

export type Answer = Record<string, unknown>;
type Listener = (event: unknown) => void;
type ElementOptions = Readonly<{
  readOnly?: boolean;
  paymentMethods?: Record<string, string>;
  buttonTheme?: { googlePay?: string };
  buttonHeight?: number;
}>;
export type GroupOptions = Readonly<{
  mode: string;
  amount: number;
  currency: string;
  locale: string;
  setupFutureUsage?: string | null;
  allowedPaymentMethodTypes?: readonly string[];
  appearance: Readonly<{ variables: Record<string, string> }>;
}>;

/** What the script's other part works with. */
export type StubElements = ReturnType<typeof makeStubElements>;
export type StubGroup = InstanceType<StubElements["Group"]>;

/** Makes groups of elements that draw plain fields and buttons. */
export function makeStubElements(config: StubConfig) {
  const TEXTS: Record<string, Record<string, string>> = {
    en: {
      stub: "Stub of Stripe’s form, for tests",
      number: "Card number",
      expiry: "Expiration date",
      cvc: "Security code",
      missing: "Your card number is incomplete.",
      pay: "Google Pay (stub)",
      dialog: "3-D Secure (stub)",
    },
    ar: {
      stub: "نموذج بديل عن نموذج Stripe للاختبار",
      number: "رقم البطاقة",
      expiry: "تاريخ الانتهاء",
      cvc: "رمز الأمان",
      missing: "رقم البطاقة غير مكتمل.",
      pay: "Google Pay (بديل)",
      dialog: "المصادقة الثلاثية (بديل)",
    },
  };
  const made: GroupOptions[] = [];
  let drawn = 0;

  /** `attributes` are set as properties, and style by CSSOM: the page's policy allows no style attribute. */
  function node(tag: string, style: Record<string, string>, text = ""): HTMLElement {
    const made_node = document.createElement(tag);
    Object.assign(made_node.style, style);
    made_node.textContent = text;
    return made_node;
  }

  class StubElement {
    readonly listeners = new Map<string, Set<Listener>>();
    readonly inputs: HTMLInputElement[] = [];
    error: HTMLElement | undefined;
    root: HTMLElement | undefined;
    button: HTMLButtonElement | undefined;
    /** Which wallet was approved last. */
    approved = false;

    constructor(
      readonly type: string,
      public options: ElementOptions,
      readonly group: Group,
    ) {}

    on(event: string, listener: Listener): this {
      const known = this.listeners.get(event) ?? new Set();
      this.listeners.set(event, known.add(listener));
      return this;
    }
    once(event: string, listener: Listener): this {
      return this.on(event, listener);
    }
    off(event: string, listener: Listener): this {
      this.listeners.get(event)?.delete(listener);
      return this;
    }
    emit(event: string, detail: unknown): void {
      for (const listener of [...(this.listeners.get(event) ?? [])]) listener(detail);
    }
    mount(place: HTMLElement): void {
      this.root = place;
      setTimeout(() => {
        if (config.loadFails) {
          this.emit("loaderror", { elementType: this.type, error: { type: "api_error" } });
        } else if (this.type === "expressCheckout") this.drawButton(place);
        else this.drawFields(place);
      }, 150);
    }
    unmount(): void {
      this.root?.replaceChildren();
    }
    destroy(): void {
      this.unmount();
      this.group.elements.delete(this.type);
    }
    update(options: ElementOptions): void {
      this.options = { ...this.options, ...options };
      for (const input of this.inputs) input.readOnly = this.options.readOnly === true;
    }
    focus(): void {
      this.inputs[0]?.focus();
    }

    drawFields(place: HTMLElement): void {
      const { variables: look } = this.group.options.appearance;
      const texts = TEXTS[this.group.options.locale] ?? TEXTS["en"]!;
      const grid = node("div", {
        display: "grid",
        gridTemplateColumns: "1fr 1fr",
        gap: "16px 12px",
        color: look["colorText"] ?? "",
      });
      const note = node(
        "p",
        {
          gridColumn: "1 / -1",
          fontSize: "12px",
          padding: "2px 8px",
          border: "1px dashed currentColor",
          justifySelf: "start",
          borderRadius: "4px",
        },
        texts["stub"],
      );
      grid.append(note);
      for (const name of ["number", "expiry", "cvc"]) {
        const id = `stripe-stub-${name}-${++drawn}`;
        const field = node("div", {
          display: "grid",
          gap: "6px",
          minWidth: "0",
          gridColumn: name === "number" ? "1 / -1" : "auto",
        });
        const label = node("label", { fontSize: "14px", fontWeight: "500" }, texts[name]) as HTMLLabelElement;
        label.htmlFor = id;
        const input = node("input", {
          minHeight: "48px",
          width: "100%",
          padding: "10px 14px",
          border: `1px solid ${look["inputColorBorder"] ?? ""}`,
          borderRadius: look["borderRadius"] ?? "",
          background: look["colorBackground"] ?? "",
          color: "inherit",
          font: "inherit",
          direction: "ltr",
          textAlign: this.group.options.locale === "ar" ? "right" : "left",
          boxSizing: "border-box",
        }) as HTMLInputElement;
        input.id = id;
        input.inputMode = "numeric";
        this.inputs.push(input);
        field.append(label, input);
        grid.append(field);
      }
      this.error = node("p", { gridColumn: "1 / -1", color: look["colorDanger"] ?? "", fontSize: "14px" });
      this.error.hidden = true;
      grid.append(this.error);
      place.replaceChildren(grid);
      this.emit("ready", { elementType: this.type });
    }

    drawButton(place: HTMLElement): void {
      const wanted = Object.entries(this.options.paymentMethods ?? {})
        .filter(([wallet, choice]) => choice !== "never" && config.wallets.includes(wallet))
        .map(([wallet]) => wallet);
      const texts = TEXTS[this.group.options.locale] ?? TEXTS["en"]!;
      if (wanted.length > 0) {
        const isWhite = this.options.buttonTheme?.googlePay === "white";
        this.button = node(
          "button",
          {
            width: "100%",
            minHeight: `${this.options.buttonHeight ?? 44}px`,
            border: "1px solid transparent",
            borderRadius: this.group.options.appearance.variables["buttonBorderRadius"] ?? "",
            background: isWhite ? "#ffffff" : "#000000",
            color: isWhite ? "#000000" : "#ffffff",
            fontWeight: "600",
            cursor: "pointer",
          },
          texts["pay"],
        ) as HTMLButtonElement;
        this.button.type = "button";
        this.button.addEventListener("click", () => {
          const approve = (): void => {
            this.approved = true;
            const paymentFailed = (): void => {
              this.approved = false;
            };
            this.emit("confirm", { expressPaymentType: "google_pay", paymentFailed });
          };
          const reject = (): void => undefined;
          this.emit("click", { expressPaymentType: "google_pay", resolve: approve, reject });
        });
        place.replaceChildren(this.button);
      }
      const all = ["amazonPay", "applePay", "googlePay", "link", "paypal", "klarna"];
      const available = Object.fromEntries(all.map((wallet) => [wallet, wanted.includes(wallet)]));
      this.emit("ready", {
        elementType: this.type,
        availablePaymentMethods: wanted.length > 0 ? available : undefined,
      });
    }

    /** As Stripe's fields do: what is wrong stands beside them. */
    problem(): string | undefined {
      const [number, expiry, cvc] = this.inputs.map(({ value }) => value.replace(/\D/g, ""));
      const isComplete =
        (number ?? "").length >= 12 && (expiry ?? "").length === 4 && (cvc ?? "").length >= 3;
      const texts = TEXTS[this.group.options.locale] ?? TEXTS["en"]!;
      const said = isComplete ? undefined : texts["missing"];
      if (this.error) {
        this.error.textContent = said ?? "";
        this.error.hidden = said === undefined;
      }
      return said;
    }
  }

  class Group {
    readonly elements = new Map<string, StubElement>();
    submitted = false;

    constructor(public options: GroupOptions) {
      made.push(options);
    }

    create(type: string, options: ElementOptions = {}): StubElement {
      const element = new StubElement(type, options, this);
      this.elements.set(type, element);
      return element;
    }
    getElement(type: string): StubElement | null {
      return this.elements.get(type) ?? null;
    }
    update(options: Partial<GroupOptions>): void {
      this.options = { ...this.options, ...options };
      made.push(this.options);
      const payment = this.elements.get("payment");
      if (!payment?.root || payment.inputs.length === 0) return;
      // In another language: the same fields with what was typed.
      const typed = payment.inputs.splice(0).map(({ value }) => value);
      payment.drawFields(payment.root);
      payment.inputs.forEach((input, at) => (input.value = typed[at] ?? ""));
    }
    on(): this {
      return this;
    }
    fetchUpdates(): Promise<Answer> {
      return Promise.resolve({});
    }
    async submit(): Promise<Answer> {
      await Promise.resolve();
      const said = this.elements.get("payment")?.problem();
      if (said) return { error: { type: "validation_error", message: said } };
      this.submitted = true;
      return {};
    }
  }

  return { Group, node, made, textsIn: (locale: string) => TEXTS[locale] ?? TEXTS["en"]! };
}
