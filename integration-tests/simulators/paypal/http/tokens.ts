import { randomBytes } from "node:crypto";
import type { Account } from "../account";
import type { Clock } from "../../shared/clock";
import { OauthRefusal } from "../errors";

/** Nine hours, as PayPal's access tokens live. */
const LIVES_S = 32_400;

export type Caller = Readonly<{
  account: Account;
  /** By a client id alone, as PayPal's script in a browser has it. */
  in_browser: boolean;
}>;

type Token = Caller & Readonly<{ expires_ms: number }>;

/** Access tokens of REST apps (RFC 6749, client credentials). */
export class Tokens {
  private readonly issued = new Map<string, Token>();

  constructor(
    private readonly accounts: readonly Account[],
    private readonly clock: Clock,
  ) {}

  /**
   * A token for a client id and its secret; for a client id alone one that may do what a browser may.
   * @throws OauthRefusal 401 invalid_client, 400 unsupported_grant_type
   */
  issue(authorization: string | null, grant_type: unknown): Readonly<Record<string, unknown>> {
    const [client_id = "", secret = ""] = basicOf(authorization);
    const account = this.accounts.find(({ options }) => options.client_id === client_id);
    if (!account || (secret !== "" && secret !== account.options.client_secret)) {
      throw new OauthRefusal(401, "invalid_client", "Client Authentication failed");
    }
    if (grant_type !== "client_credentials") {
      throw new OauthRefusal(400, "unsupported_grant_type", "unsupported grant_type");
    }
    const access_token = `A21AA${randomBytes(48).toString("base64url")}`;
    const expires_ms = this.clock.now() + LIVES_S * 1000;
    this.issued.set(access_token, { account, in_browser: secret === "", expires_ms });
    return {
      scope: "https://uri.paypal.com/services/payments/payment/authcapture openid",
      access_token,
      token_type: "Bearer",
      app_id: "APP-80W284485P519543T",
      expires_in: LIVES_S,
      nonce: `${new Date(this.clock.now()).toISOString()}${randomBytes(12).toString("base64url")}`,
    };
  }

  /** @throws OauthRefusal 401 invalid_token for one that is unknown, expired or revoked */
  caller(authorization: string | null): Caller {
    const token = this.issued.get(/^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "");
    if (!token) {
      throw new OauthRefusal(401, "invalid_token", "Token signature verification failed");
    }
    if (this.clock.now() >= token.expires_ms) {
      throw new OauthRefusal(401, "invalid_token", "The token has expired");
    }
    return token;
  }

  /** The account's tokens are worth nothing from now on. */
  revoke(account: Account): void {
    for (const [access_token, token] of this.issued) {
      if (token.account === account) {
        this.issued.delete(access_token);
      }
    }
  }
}

function basicOf(authorization: string | null): string[] {
  const encoded = /^Basic (.+)$/.exec(authorization ?? "")?.[1] ?? "";
  return Buffer.from(encoded, "base64").toString("utf8").split(":");
}
