import type { IncomingMessage, ServerResponse } from "node:http";
import { jsonAnswer, type Answer } from "../../shared/answer";
import type { Account } from "../account";
import type { Clock } from "../../shared/clock";
import { halved, wait } from "../../shared/spoil";
import type { CheckParameters } from "../contract/check";
import { StripeRefusal } from "../errors";
import { newId } from "../ids";
import { errorAnswer, send } from "./answer";
import { readRequest, type ApiRequest } from "./api-request";
import { expand } from "./expand";
import type { Faults } from "./faults";
import { Idempotency, type Ticket } from "./idempotency";
import { callerOf, checkClientSecret, type Caller } from "./keys";
import type { OperationName } from "./routes";
import { spoiled } from "./spoil";
import { splitLegacy } from "./versions";

/** A request as a test sees it afterwards. */
export type RequestRecord = Readonly<{
  operation: OperationName;
  /** The object it is about, where its path names one. */
  id: string;
  params: unknown;
  idempotency_key: string | null;
  api_version: string | null;
  /** Null when the key was refused. */
  account: string | null;
  /** 0 when no answer was given. */
  status: number;
  replayed: boolean;
}>;

type Deps = Readonly<{
  accounts: readonly Account[];
  clock: Clock;
  faults: Faults;
  check: CheckParameters;
  default_api_version: string;
}>;

/** What becomes of a request while it is worked on. */
type Fate = { account: string | null; replayed: boolean };

/** Receives every request to the API and answers it, as far as the faults in force let it. */
export class Desk {
  readonly requests: RequestRecord[] = [];
  private readonly idempotency: Idempotency;

  constructor(private readonly deps: Deps) {
    this.idempotency = new Idempotency(() => deps.clock.now());
  }

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const request_id = newId("req", 14);
    try {
      const asked = await readRequest(request);
      const answer = await this.answerAndNote(asked, request_id, response);
      if (answer) {
        send(response, answer, request_id);
      }
    } catch (error) {
      send(response, errorAnswer(error), request_id);
    }
  }

  private async answerAndNote(
    asked: ApiRequest,
    request_id: string,
    response: ServerResponse,
  ): Promise<Answer | undefined> {
    const fate: Fate = { account: null, replayed: false };
    const note = (status: number): void => {
      const { operation, id, params, idempotency_key, api_version } = asked;
      this.requests.push({ operation, id, params, idempotency_key, api_version, status, ...fate });
    };
    try {
      const answer = await this.work(asked, request_id, response, fate);
      note(answer?.status ?? 0);
      return answer;
    } catch (error) {
      note(error instanceof StripeRefusal ? error.status : 500);
      throw error;
    }
  }

  /** @returns nothing when no answer is to be given */
  private async work(
    asked: ApiRequest,
    request_id: string,
    response: ServerResponse,
    fate: Fate,
  ): Promise<Answer | undefined> {
    const { accounts, clock, check, default_api_version } = this.deps;
    const { operation, route, path, id, sub_id, idempotency_key } = asked;
    clock.settle();
    const caller = callerOf(accounts, asked);
    fate.account = caller.account.id;
    if (caller.publishable && id !== "") {
      checkClientSecret(caller.account, id, asked.client_secret);
    }
    const version = asked.api_version ?? default_api_version;
    const { legacy, current } = splitLegacy(operation, version, asked.params);
    const run = route.prepare(check, structuredClone(current));
    const ticket =
      idempotency_key === null
        ? undefined
        : this.idempotency.begin(caller.account.id, idempotency_key, path, asked.body, request_id);
    fate.replayed = ticket?.replay !== undefined;
    const before = await this.strikeBefore(operation, caller, ticket, response);
    if (before !== undefined) {
      return before ?? undefined;
    }
    const answer =
      ticket?.replay ??
      carryOut(caller, request_id, idempotency_key, () => {
        const object = run({ account: caller.account, id, sub_id, path, legacy });
        return expand(caller.account, structuredClone(object), pathsOf(current.expand));
      });
    return this.strikeAfter(operation, caller, ticket, response, answer);
  }

  /** @returns an answer instead, null for none at all, or undefined to go on */
  private async strikeBefore(
    operation: OperationName,
    { account }: Caller,
    ticket: Ticket | undefined,
    response: ServerResponse,
  ): Promise<Answer | null | undefined> {
    const fault = this.deps.faults.take("before", operation, account.id);
    if (!fault) {
      return undefined;
    }
    if (fault.fault === "latency") {
      await wait(fault);
      return undefined;
    }
    ticket?.release();
    return spoiled(fault, response);
  }

  /** @returns the answer as the fault leaves it, or nothing when none is to be given */
  private async strikeAfter(
    operation: OperationName,
    { account }: Caller,
    ticket: Ticket | undefined,
    response: ServerResponse,
    answer: Answer,
  ): Promise<Answer | undefined> {
    const fault = this.deps.faults.take("after", operation, account.id);
    const instead = fault && spoiled(fault, response);
    ticket?.keep(fault?.fault === "http_500_after" && instead ? instead : answer);
    if (instead === null) {
      return undefined;
    }
    if (fault?.fault === "latency_after") {
      await wait(fault);
    }
    if (fault?.fault === "malformed") {
      return halved(answer);
    }
    return instead ?? answer;
  }
}

/** All of it happens at once, so that requests never see each other half done. */
function carryOut(
  { account, publishable }: Caller,
  request_id: string,
  idempotency_key: string | null,
  run: () => unknown,
): Answer {
  account.request = { id: request_id, idempotency_key, publishable };
  try {
    return jsonAnswer(200, run());
  } catch (error) {
    return errorAnswer(error);
  } finally {
    account.request = undefined;
  }
}

function pathsOf(expand_parameter: unknown): string[] {
  return Array.isArray(expand_parameter) ? expand_parameter.map(String) : [];
}
