import type { IncomingMessage, ServerResponse } from "node:http";
import { jsonAnswer, send, type Answer } from "../../shared/answer";
import type { Clock } from "../../shared/clock";
import { halved, spoiled, wait } from "../../shared/spoil";
import type { Account } from "../account";
import { misfits } from "../contract/check";
import { schemaRefusal } from "../contract/schema-refusal";
import { OauthRefusal, refuse } from "../errors";
import { newDebugId } from "../ids";
import { bodyOf, readRequest, type ApiRequest } from "./api-request";
import { errorAnswer, plainError, publishes } from "./error-answer";
import type { Fault, Faults } from "./faults";
import { Idempotency, type Ticket } from "./idempotency";
import { mockedIssue } from "./mock-response";
import { misfitsOf, type Result } from "./route";
import type { OperationName } from "./routes";
import type { Tokens } from "./tokens";

/** A request as a test sees it afterwards. */
export type RequestRecord = Readonly<{
  operation: OperationName;
  /** The resource it is about, where its path names one. */
  id: string;
  body: unknown;
  /** PayPal-Request-Id. */
  request_id: string | null;
  /** Null when the token was refused. */
  account: string | null;
  /** 0 when no answer was given. */
  status: number;
  /** It was answered with what an earlier request of its id did. */
  replayed: boolean;
}>;

type Deps = Readonly<{ accounts: readonly Account[]; clock: Clock; faults: Faults; tokens: Tokens }>;

/** What becomes of a request while it is worked on. */
type Fate = { account: string | null; body: unknown; replayed: boolean };

const TOKEN = "oauth.token" satisfies OperationName;
/** A token is asked for before it is known who asks: only faults of all accounts strike. */
const ANY_ACCOUNT = "*";

/** Receives every request to the API and answers it, as far as the faults in force let it. */
export class Desk {
  readonly requests: RequestRecord[] = [];
  private readonly idempotency: Idempotency;
  /** Resources that a request works on; PayPal does one thing at a time to each. */
  private readonly busy = new Set<string>();

  constructor(private readonly deps: Deps) {
    this.idempotency = new Idempotency(() => deps.clock.now());
  }

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = { "paypal-debug-id": newDebugId() };
    try {
      const asked = await readRequest(request);
      const answer = await this.answerAndNote(asked, response);
      if (answer) {
        send(response, answer, headers);
      }
    } catch (error) {
      send(response, errorAnswer(error), headers);
    }
  }

  /** Answers a request for a token. Faults strike it as `oauth.token`, whichever account it is of. */
  async receiveToken(response: ServerResponse, issue: () => Promise<Answer>): Promise<void> {
    this.deps.clock.settle();
    const before = await this.strikeBefore(TOKEN, ANY_ACCOUNT, undefined, response);
    const answer =
      before === undefined ? await this.strikeAfter(TOKEN, ANY_ACCOUNT, response, await issue()) : before;
    this.requests.push({
      operation: TOKEN,
      id: "",
      body: undefined,
      request_id: null,
      account: null,
      status: answer?.status ?? 0,
      replayed: false,
    });
    if (answer) {
      send(response, answer, { "paypal-debug-id": newDebugId() });
    }
  }

  private async answerAndNote(asked: ApiRequest, response: ServerResponse): Promise<Answer | undefined> {
    const fate: Fate = { account: null, body: undefined, replayed: false };
    const answer = await this.work(asked, response, fate).catch((error: unknown) =>
      errorAnswer(error, asked.route.published),
    );
    const { operation, id, request_id } = asked;
    this.requests.push({ operation, id, request_id, status: answer?.status ?? 0, ...fate });
    return answer;
  }

  /** @returns nothing when no answer is to be given */
  private async work(asked: ApiRequest, response: ServerResponse, fate: Fate): Promise<Answer | undefined> {
    const { clock, tokens } = this.deps;
    const { operation, route, id, request_id } = asked;
    clock.settle();
    const { account, in_browser } = tokens.caller(asked.authorization);
    fate.account = account.id;
    if (in_browser && !route.in_browser) {
      throw new OauthRefusal(403, "insufficient_scope", "A client id alone may not do this.");
    }
    const body = bodyOf(asked);
    fate.body = body;
    const mocked = mockedIssue(asked.mock_response, route.published);
    if (mocked !== undefined) {
      throw refuse(mocked);
    }
    const wrong = misfitsOf(route.published, body);
    if (wrong.length > 0) {
      throw schemaRefusal(wrong, body);
    }
    this.checkOwner(account, asked);
    const ticket =
      request_id === null || route.keys_kept_ms === undefined
        ? undefined
        : this.idempotency.begin(account.id, operation, request_id, route.keys_kept_ms);
    fate.replayed = ticket?.repeated !== undefined;
    return this.oneAtATime(account, asked, ticket, async () => {
      const before = await this.strikeBefore(operation, account.id, ticket, response);
      if (before !== undefined) {
        return before ?? undefined;
      }
      const run = (): Result =>
        route.run({ account, id, body, body_text: asked.body_text, query: asked.query });
      const result = ticket?.repeated ?? carryOut(account, asked, ticket, run);
      return this.strikeAfter(operation, account.id, response, answerOf(asked, result, fate.replayed));
    });
  }

  /** @throws PaypalRefusal for another merchant's resource: 403 where the operation knows that, else as unknown */
  private checkOwner(account: Account, { id, route }: ApiRequest): void {
    const foreign = this.deps.accounts.some((other) => other !== account && other.holds(id));
    if (id !== "" && foreign) {
      throw refuse(
        publishes(route.published, "PERMISSION_DENIED") ? "PERMISSION_DENIED" : "INVALID_RESOURCE_ID",
      );
    }
  }

  private async oneAtATime(
    account: Account,
    { id, route, operation }: ApiRequest,
    ticket: Ticket | undefined,
    work: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const resource = `${account.id}:${id}`;
    const exclusive = id !== "" && route.method !== "GET" && !ticket?.repeated;
    if (exclusive && this.busy.has(resource)) {
      ticket?.release();
      throw refuse(
        operation === "orders.capture" ? "ORDER_COMPLETION_IN_PROGRESS" : "PREVIOUS_REQUEST_IN_PROGRESS",
      );
    }
    if (!exclusive) {
      return work();
    }
    this.busy.add(resource);
    try {
      return await work();
    } finally {
      this.busy.delete(resource);
    }
  }

  /** @returns an answer instead, null for none at all, or undefined to go on */
  private async strikeBefore(
    operation: OperationName,
    account_id: string,
    ticket: Ticket | undefined,
    response: ServerResponse,
  ): Promise<Answer | null | undefined> {
    const fault = this.deps.faults.take("before", operation, account_id);
    if (!fault) {
      return undefined;
    }
    if (fault.fault === "latency") {
      await wait(fault);
      return undefined;
    }
    ticket?.release();
    return spoiled(fault.fault, response, plainError);
  }

  /** @returns the answer as the fault leaves it, or nothing when none is to be given */
  private async strikeAfter(
    operation: OperationName,
    account_id: string,
    response: ServerResponse,
    answer: Answer,
  ): Promise<Answer | undefined> {
    const fault: Fault<"after"> | undefined = this.deps.faults.take("after", operation, account_id);
    if (!fault) {
      return answer;
    }
    if (fault.fault === "latency_after") {
      await wait(fault);
    }
    if (fault.fault === "malformed") {
      return halved(answer);
    }
    if (fault.fault === "mistyped") {
      return mistyped(answer);
    }
    const instead = spoiled(fault.fault, response, plainError);
    return instead === null ? undefined : (instead ?? answer);
  }
}

/** All of it happens at once, so that requests never see each other half done. What is refused is not remembered. */
function carryOut(
  account: Account,
  { operation, request_id }: ApiRequest,
  ticket: Ticket | undefined,
  run: () => Result,
): Result {
  account.request = { operation, request_id };
  try {
    const result = run();
    ticket?.keep(result);
    return result;
  } catch (error) {
    ticket?.release();
    throw error;
  } finally {
    account.request = undefined;
  }
}

/** The answer to a request that was carried out. @throws Error when it is not what PayPal's specification says */
function answerOf({ route, prefers_representation }: ApiRequest, result: Result, repeated: boolean): Answer {
  const { view, minimal, empty_unless_preferred } = result;
  if (!view || (empty_unless_preferred && !prefers_representation)) {
    return { status: 204, body: "" };
  }
  const status = repeated ? (route.repeat_status ?? result.status) : result.status;
  const value = (prefers_representation ? view : (minimal ?? view))();
  const schema = route.published?.responses.get(result.status);
  const wrong = schema && route.published ? misfits(route.published.specification, schema, value) : [];
  if (wrong.length > 0) {
    const told = wrong.map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`).join("; ");
    throw new Error(`An answer does not fit PayPal's specification: ${told}`);
  }
  return jsonAnswer(status, value);
}

/** An answer whose ids and states are numbers, which no client of PayPal's takes. */
function mistyped(answer: Answer): Answer {
  const body = answer.body === "" ? {} : (JSON.parse(answer.body) as object);
  return {
    ...answer,
    status: answer.status === 204 ? 200 : answer.status,
    body: JSON.stringify({ ...body, id: 1, status: 2, links: 3 }),
  };
}
