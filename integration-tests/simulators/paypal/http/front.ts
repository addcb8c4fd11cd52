import type { IncomingMessage, ServerResponse } from "node:http";
import { send, type Answer } from "../../shared/answer";
import type { Account } from "../account";
import type { Desk } from "./desk";
import { errorAnswer } from "./error-answer";
import { answerToken, TOKEN_PATH } from "./oauth";
import { isPage, payerPage } from "./pages";
import type { Notary } from "../webhooks/notary";
import type { Tokens } from "./tokens";

type Deps = Readonly<{ accounts: readonly Account[]; desk: Desk; tokens: Tokens; notary: Notary }>;

/** A browser asks before PayPal's script calls. */
const PREFLIGHT: Answer = {
  status: 204,
  body: "",
  headers: {
    "access-control-allow-headers": "*, authorization",
    "access-control-allow-methods": "GET, POST, PATCH, DELETE",
  },
};

/** Hands a request to whoever answers it: a payer's page, the certificates of webhooks, or the API's desk. */
export async function receive(
  { accounts, desk, tokens, notary }: Deps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://simulator.invalid");
  const chain = notary.certificateAt(pathname);
  if (request.method === "OPTIONS") {
    send(response, PREFLIGHT);
  } else if (chain !== undefined) {
    send(response, { status: 200, body: chain, headers: { "content-type": "application/x-pem-file" } });
  } else if (isPage(pathname)) {
    const answer = await payerPage(accounts, request).catch((error: unknown) => errorAnswer(error));
    send(response, answer);
  } else if (pathname === TOKEN_PATH) {
    await desk.receiveToken(response, () => answerToken(tokens, request));
  } else {
    await desk.receive(request, response);
  }
}
