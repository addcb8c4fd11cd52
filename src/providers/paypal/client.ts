import {
  Client,
  Environment,
  OrdersController,
  PaymentsController,
  VaultController,
  type ApiResponse,
} from "@paypal/paypal-server-sdk";
import type { z } from "@medusajs/framework/zod";
import { isGatewayError, OutcomeUnknown } from "../../gateway/errors";
import { AccessToken } from "./access-token";
import type { PayPalOptions } from "./options";
import { Refusal } from "./refusal";
import { adapterTo, callingFor } from "./transport";

/** The SDK's interfaces, and its way to make requests that it has no interface for. */
export type PayPalApi = Readonly<{
  orders: OrdersController;
  payments: PaymentsController;
  vault: VaultController;
  request: ReturnType<Client["getRequestBuilderFactory"]>;
}>;

export type Work = (api: PayPalApi) => Promise<Pick<ApiResponse<unknown>, "result">>;

/** PayPal's answer to a token it does not know (any more); other 401s are about the account. */
const STALE_TOKEN: readonly string[] = ["invalid_token", "AUTHENTICATION_FAILURE"];

/**
 * One REST app at PayPal. The SDK has no timeout, keeps its tokens badly and has no option for another address: all three
 * are replaced here. Its repeats are off: what is to be repeated, and under which key, is the journal's decision.
 */
export class PayPalClient {
  private readonly api: PayPalApi;
  private readonly token: AccessToken;

  constructor({
    client_id,
    client_secret,
    environment,
    api_url,
  }: Pick<PayPalOptions, "client_id" | "client_secret" | "environment" | "api_url">) {
    const sdk = new Client({
      environment: environment === "live" ? Environment.Production : Environment.Sandbox,
      clientCredentialsAuthCredentials: {
        oAuthClientId: client_id,
        oAuthClientSecret: client_secret,
        // Keeps the SDK from asking for one; the transport puts ours in its place.
        oAuthToken: { accessToken: "in-the-transport", tokenType: "Bearer" },
      },
      httpClientOptions: { retryConfig: { maxNumberOfRetries: 0 } },
      unstable_httpClientOptions: { adapter: adapterTo(api_url) },
    });
    this.api = {
      orders: new OrdersController(sdk),
      payments: new PaymentsController(sdk),
      vault: new VaultController(sdk),
      request: sdk.getRequestBuilderFactory(),
    };
    this.token = new AccessToken(
      (signal) => callingFor({ signal }, () => sdk.clientCredentialsAuthManager.fetchToken()),
      environment,
    );
  }

  /**
   * Makes one call and parses its answer before anything in it is believed. A token that PayPal has withdrawn is
   * renewed once: with it, nothing was done.
   *
   * @throws Refusal when PayPal answered that it did not do it; GatewayError that says whether money can have moved
   */
  async call<T>(signal: AbortSignal, answer: z.ZodType<T>, work: Work): Promise<T> {
    const first_token = await this.token.current(signal);
    try {
      return await this.withToken(first_token, signal, answer, work);
    } catch (error) {
      if (!isStaleToken(error)) {
        throw error;
      }
      this.token.forget(first_token);
      return this.withToken(await this.token.current(signal), signal, answer, work);
    }
  }

  /** Whether PayPal can be reached and takes the keys; the token at hand does not count. */
  async ping(signal: AbortSignal): Promise<void> {
    this.token.forget();
    await this.token.current(signal);
  }

  private async withToken<T>(
    access_token: string,
    signal: AbortSignal,
    answer: z.ZodType<T>,
    work: Work,
  ): Promise<T> {
    try {
      const { result } = await callingFor({ signal, access_token }, () => work(this.api));
      return parsed(answer, result);
    } catch (error) {
      throw understood(error);
    }
  }
}

/** @throws OutcomeUnknown naming the field that is not what it should be, never its value */
function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) {
    const field = result.error.issues[0]?.path.join(".");
    throw new OutcomeUnknown(`PayPal's answer cannot be understood${field ? ` at "${field}"` : ""}.`);
  }
  return result.data;
}

/**
 * The SDK's errors hold the request with the token and what the shopper sent: none goes on. Whatever is no refusal, such
 * as an answer of the wrong types (`ResponseValidationError`), leaves open whether it was carried out.
 */
function understood(error: unknown): Error {
  if (isGatewayError(error)) {
    return error;
  }
  return Refusal.in(error) ?? new OutcomeUnknown("PayPal's answer could not be understood.");
}

function isStaleToken(error: unknown): boolean {
  return error instanceof Refusal && error.status === 401 && STALE_TOKEN.includes(error.code);
}
