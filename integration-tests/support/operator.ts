import type { Answer } from "./shopper";
import { ADMIN } from "./store";

/** The admin API as the dashboard uses it. */
export class Operator {
  private constructor(
    private readonly base_url: string,
    private readonly token: string,
  ) {}

  static async logIn(base_url: string): Promise<Operator> {
    const answer = await fetch(`${base_url}/auth/user/emailpass`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(ADMIN),
    });
    const { token } = (await answer.json()) as { token: string };
    return new Operator(base_url, token);
  }

  async order(id: string) {
    const { body } = await this.send(
      "GET",
      `/admin/orders/${id}?fields=*summary,*payment_collections,*payment_collections.payments,*payment_collections.payments.captures,*payment_collections.payments.refunds`,
    );
    return body.order;
  }

  capture(payment_id: string, amount?: number) {
    return this.send("POST", `/admin/payments/${payment_id}/capture`, amount === undefined ? {} : { amount });
  }

  refund(payment_id: string, amount: number) {
    return this.send("POST", `/admin/payments/${payment_id}/refund`, { amount });
  }

  cancelOrder(id: string) {
    return this.send("POST", `/admin/orders/${id}/cancel`, {});
  }

  /** A file, as it is sent. */
  download(path: string, method = "GET"): Promise<Response> {
    return fetch(`${this.base_url}${path}`, { method, headers: { authorization: `Bearer ${this.token}` } });
  }

  /** An answer as it is, whatever its body. */
  raw(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.base_url}${path}`, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${this.token}` },
      ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
    });
  }

  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${this.base_url}${path}`, {
      method,
      headers: { "content-type": "application/json", authorization: `Bearer ${this.token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : {} };
  }
}
