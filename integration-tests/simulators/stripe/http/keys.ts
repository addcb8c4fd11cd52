import type { Account } from "../account";
import { invalidRequest, refusal, resourceMissing } from "../errors";
import type { ApiRequest } from "./api-request";

export type Caller = Readonly<{ account: Account; publishable: boolean }>;

/**
 * Who asks, by the key of the Authorization header, or by the parameter `key` as Stripe.js sends it.
 * @throws StripeRefusal 401 for an unknown key, 403 for one that may not do this
 */
export function callerOf(
  accounts: readonly Account[],
  { authorization, key_parameter, operation, route }: ApiRequest,
): Caller {
  const key = keyIn(authorization ?? "") ?? (typeof key_parameter === "string" ? key_parameter : undefined);
  if (key === undefined) {
    throw refusal(
      401,
      "invalid_request_error",
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth " +
        "(e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  for (const account of accounts) {
    const { secret_key, publishable_key, restricted_keys = [] } = account.options;
    if (key === secret_key) {
      return { account, publishable: false };
    }
    if (key === publishable_key) {
      if (!route.in_browser) {
        throw refusal(
          403,
          "invalid_request_error",
          "This API call cannot be made with a publishable API key. Please use a secret API key.",
          { code: "secret_key_required" },
        );
      }
      return { account, publishable: true };
    }
    const restricted = restricted_keys.find((known) => known.key === key);
    if (restricted) {
      checkPermission(account, restricted.permissions, masked(key), operation);
      return { account, publishable: false };
    }
  }
  throw refusal(401, "invalid_request_error", `Invalid API Key provided: ${masked(key)}`);
}

/** What a browser must prove before it sees an intent. @throws StripeRefusal 400, or 404 for another's secret */
export function checkClientSecret(account: Account, id: string, given: unknown): void {
  const intent = account.payment_intents.get(id)?.object ?? account.setup_intents.get(id)?.object;
  if (given === undefined) {
    throw invalidRequest("Missing required param: client_secret.", {
      code: "parameter_missing",
      param: "client_secret",
    });
  }
  if (intent?.client_secret !== given) {
    throw resourceMissing("payment_intent", id, "intent");
  }
}

function checkPermission(
  account: Account,
  permissions: readonly string[],
  key: string,
  operation: string,
): void {
  const [resource = operation] = operation.split(".");
  if (permissions.includes(operation) || permissions.includes(`${resource}.*`)) {
    return;
  }
  const verb = /\.(list|retrieve|search|list_payment_methods|retrieve_payment_method)$/.test(operation)
    ? "read"
    : "write";
  throw refusal(
    403,
    "invalid_request_error",
    `The provided key '${key}' does not have the required permissions for this endpoint on account '${account.id}'. ` +
      `Having the 'rak_${resource.replace(/s$/, "")}_${verb}' permission would allow this request to continue.`,
  );
}

function keyIn(authorization: string): string | undefined {
  const [scheme, value = ""] = authorization.split(" ");
  switch (scheme?.toLowerCase()) {
    case "bearer":
      return value;
    case "basic":
      return Buffer.from(value, "base64").toString("utf8").split(":")[0];
    default:
      return undefined;
  }
}

function masked(key: string): string {
  return `${key.slice(0, 8)}${"*".repeat(12)}${key.slice(-4)}`;
}
