import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { builtPage } from "../../../src/api/checkout/built-assets";
import { renderPage } from "../../../src/api/checkout/page";
import type { HostedBoot } from "../../../src/api/checkout/schemas";
import { secure } from "../../../src/api/checkout/security";
import type { DeclineView, PaymentAttemptView } from "../../../src/api/store-contract";
import { bankPage, CARDS, cartBody, DECLINES, optionsIn } from "./fake-store-data";
import { cut, json, readJson, sendAsset } from "./fake-store-http";
import type { Language } from "./browser";

/** How the store is before a test changes it. */
const UNTOUCHED = {
  twist: null,
  noOptions: false,
  pace_ms: 0,
  storeUrl: null,
  unknownBlocks_ms: 60_000,
  nothingLeft: false,
  isUndecided: false,
  isFree: false,
  order: null,
} as const;

type Attempt = PaymentAttemptView & { looksUntilApproved: number };

/** What the next confirmation does instead of what the card says. */
export type Twist = "cut" | "cut_before" | "changed" | "limited";

export interface FakeStore {
  url: string;
  /** Every confirmation that arrived, as sent. */
  confirms: unknown[];
  /** How often the order was placed without a payment. */
  placed: number;
  twist: Twist | null;
  noOptions: boolean;
  /** How long a confirmation takes, in milliseconds. */
  pace_ms: number;
  /** What the operator set as `store_url` and `unknown_blocks_ms`. */
  storeUrl: string | null;
  unknownBlocks_ms: number;
  /** A refusal of the card rules out every other option too. */
  nothingLeft: boolean;
  /** An unknown payment stays so until this is false; then it is approved after some looks. */
  isUndecided: boolean;
  /** A gift card pays the whole cart. */
  isFree: boolean;
  /** The page is served for a cart that is this order already. */
  order: HostedBoot["order"];
  checkout(language: Language, cartId?: string): string;
  reset(): void;
  close(): Promise<void>;
}

/**
 * A store that answers as the Store API does, without Medusa behind it, so that states a healthy store rarely
 * gets into can be looked at. It serves the real page, built and with its real headers.
 */
export async function startFakeStore(): Promise<FakeStore> {
  const attempts = new Map<string, Attempt>();
  const refused = new Map<string, { decline: DeclineView; anotherInstrument: boolean }>();
  let completed = false;
  let total = 24;

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      res.statusCode = 500;
      res.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;

  const store: FakeStore = {
    url,
    confirms: [],
    placed: 0,
    ...UNTOUCHED,
    checkout: (language, cartId = "cart_1") => `${url}/checkout/${cartId}?locale=${language}`,
    reset: () => {
      attempts.clear();
      refused.clear();
      completed = false;
      total = 24;
      Object.assign(store, { confirms: [], placed: 0, ...UNTOUCHED });
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return store;

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const address = new URL(req.url ?? "/", url);
    const language: Language = req.headers["x-medusa-locale"] === "ar" ? "ar" : "en";
    const parts = address.pathname.split("/").filter(Boolean);
    if (parts[0] === "checkout" && parts[1] === "assets") return sendAsset(res, parts[2] ?? "");
    if (parts[0] === "checkout") return sendPage(res, parts[1] ?? "", address);
    if (parts[0] === "bank") return bank(req, res, parts[1] ?? "", parts[2]);
    const body = await readJson(req);
    if (parts[2] !== "cart_1") return json(res, 404, { type: "not_found", message: "No such cart." });
    if (parts.length === 3) return json(res, 200, cartBody(total, completed, store.isFree));
    if (parts[3] === "payment-options") return json(res, 200, offer(language));
    if (parts[3] === "saved-payment-methods") return json(res, 200, { saved_payment_methods: [] });
    if (parts[3] === "complete") return await place(res);
    if (parts.length === 4) return start(res, body);
    const attempt = attempts.get(parts[4] ?? "");
    if (!attempt) return json(res, 404, { type: "not_found", message: "No such attempt." });
    if (parts.length === 5) return look(res, attempt, language);
    return await confirm(res, attempt, body, language);
  }

  function offer(language: Language) {
    const isOver = store.nothingLeft && refused.size > 0;
    const all = store.noOptions || store.isFree || isOver ? [] : optionsIn(language);
    return {
      payment_options: all.filter(({ id }) => !refused.has(id)),
      declined_options: all.flatMap((option) => {
        const refusal = refused.get(option.id);
        return refusal
          ? [{ ...option, another_instrument: refusal.anotherInstrument, decline: refusal.decline }]
          : [];
      }),
    };
  }

  function start(res: ServerResponse, body: Record<string, unknown>): void {
    const optionId = String(body["option_id"]);
    const option = optionsIn("en").find(({ id }) => id === optionId);
    if (!option) return json(res, 404, { type: "not_found", message: "No such option." });
    const attempt: Attempt = {
      id: `att_${randomUUID().slice(0, 8)}`,
      option_id: optionId,
      provider_id: option.provider_id,
      method: option.method,
      status: "ready",
      amount: total,
      currency_code: "eur",
      next_action: { type: "confirm" },
      fallback_of: null,
      decline: null,
      client: {},
      read_at: new Date().toISOString(),
      looksUntilApproved: 0,
    };
    attempts.set(attempt.id, attempt);
    json(res, 200, { payment_attempt: attempt });
  }

  function look(res: ServerResponse, attempt: Attempt, language: Language): void {
    if (attempt.status === "unknown" && !store.isUndecided && --attempt.looksUntilApproved <= 0) {
      attempt.status = "authorized";
    }
    json(res, 200, { payment_attempt: translated(attempt, language) });
  }

  async function confirm(
    res: ServerResponse,
    attempt: Attempt,
    body: Record<string, unknown>,
    language: Language,
  ): Promise<void> {
    store.confirms.push(body);
    const twist = store.twist;
    store.twist = null;
    await new Promise((resolve) => setTimeout(resolve, store.pace_ms));
    // Another test has begun meanwhile.
    if (!attempts.has(attempt.id)) return void res.destroy();
    if (twist === "cut_before") return cut(res);
    if (twist === "limited") return json(res, 429, { type: "too_many_requests", message: "Too many tries." });
    if (twist === "changed") {
      total = 29;
      Object.assign(attempt, { amount: total, status: "ready" });
      return json(res, 409, {
        type: "conflict",
        code: "cart_total_changed",
        message: "The total changed.",
        payment_attempt: attempt,
      });
    }
    act(attempt, body);
    if (twist === "cut") return cut(res);
    answer(res, attempt, language);
  }

  function act(attempt: Attempt, body: Record<string, unknown>): void {
    if (["authorized", "captured", "declined", "action_required"].includes(attempt.status)) return;
    const number = cardNumberIn(body);
    const what = attempt.method === "bank_redirect" ? "bank_page" : (CARDS[number] ?? "approve");
    if (what === "approve") attempt.status = "authorized";
    else if (what === "unknown") Object.assign(attempt, { status: "unknown", looksUntilApproved: 3 });
    else if (what === "three_d_secure" || what === "bank_page") {
      const action = { type: "redirect", url: `${url}/bank/${attempt.id}`, reason: what };
      Object.assign(attempt, { status: "action_required", next_action: action });
    } else refuse(attempt, what);
  }

  function refuse(attempt: Attempt, what: keyof typeof DECLINES): void {
    const { anotherInstrument, staysOffered, ...decline } = DECLINES[what].en;
    Object.assign(attempt, { status: "declined", decline, next_action: null });
    if (!staysOffered) refused.set(attempt.option_id, { decline, anotherInstrument });
  }

  /** Medusa's own completion: asked again, it answers with the same order. */
  async function place(res: ServerResponse): Promise<void> {
    store.placed += 1;
    const twist = store.twist;
    store.twist = null;
    await new Promise((resolve) => setTimeout(resolve, store.pace_ms));
    completed = true;
    if (twist === "cut") return cut(res);
    json(res, 200, { type: "order", order: order() });
  }

  function order() {
    return {
      id: "order_1",
      display_id: 1042,
      email: "sam@example.com",
      currency_code: "eur",
      total: store.isFree ? 0 : total,
    };
  }

  function answer(res: ServerResponse, attempt: Attempt, language: Language): void {
    const payment_attempt = translated(attempt, language);
    if (attempt.status === "authorized") {
      completed = true;
      return json(res, 200, { type: "order", order: order() });
    }
    if (attempt.status === "declined") {
      return json(res, 402, {
        type: "declined",
        payment_attempt,
        decline: payment_attempt.decline,
        ...offer(language),
      });
    }
    const type = attempt.status === "action_required" ? "action_required" : "pending";
    json(res, 200, { type, payment_attempt });
  }

  function bank(
    req: IncomingMessage,
    res: ServerResponse,
    attemptId: string,
    verdict: string | undefined,
  ): void {
    const attempt = attempts.get(attemptId);
    if (!attempt || req.method !== "GET") return json(res, 404, {});
    if (verdict === undefined) {
      res.setHeader("Content-Type", "text/html; charset=utf-8");
      return void res.end(bankPage(attemptId));
    }
    if (verdict === "approve") attempt.status = "authorized";
    if (verdict === "fail") refuse(attempt, "not_authenticated");
    res.statusCode = 303;
    res.setHeader("Location", `/checkout/cart_1?attempt=${attemptId}`);
    res.end();
  }

  async function sendPage(res: ServerResponse, cartId: string, address: URL): Promise<void> {
    const page = await builtPage();
    if (!page) throw new Error("The checkout page is not built: npm run build:checkout");
    const boot: HostedBoot = {
      cart_id: cartId,
      publishable_key: "pk_test",
      store_name: "Fern & Clay",
      locale: address.searchParams.get("locale") === "ar" ? "ar" : "en",
      digits: "latn",
      store_url: store.storeUrl,
      unknown_blocks_ms: store.unknownBlocks_ms,
      blocked: cartId === "cart_1" ? null : "not_found",
      order: store.order,
    };
    secure(res);
    res.setHeader("Content-Type", "text/html; charset=utf-8");
    res.end(renderPage(boot, page));
  }
}

function translated(attempt: Attempt, language: Language): PaymentAttemptView {
  const known = Object.values(DECLINES).find(({ en }) => en.code === attempt.decline?.code);
  if (!attempt.decline || !known) return attempt;
  return { ...attempt, decline: { ...attempt.decline, message: known[language].message } };
}

function cardNumberIn({ data }: Record<string, unknown>): string {
  if (typeof data !== "object" || data === null || !("card" in data)) return "";
  const { card } = data;
  return typeof card === "object" && card !== null && "number" in card ? String(card.number) : "";
}
