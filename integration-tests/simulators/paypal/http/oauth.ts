import type { IncomingMessage } from "node:http";
import { parse } from "qs";
import { jsonAnswer, readBody, type Answer } from "../../shared/answer";
import { OauthRefusal } from "../errors";
import { errorAnswer } from "./error-answer";
import type { Tokens } from "./tokens";

/** Where tokens are asked for: no route, since it takes a form and a secret instead of JSON and a token. */
export const TOKEN_PATH = "/v1/oauth2/token";

/** A token for a client id and secret, or the refusal of RFC 6749. */
export async function answerToken(tokens: Tokens, request: IncomingMessage): Promise<Answer> {
  try {
    const form = parse(await readBody(request, () => new OauthRefusal(413, "invalid_request", "Too large")));
    return jsonAnswer(200, tokens.issue(request.headers.authorization ?? null, form.grant_type));
  } catch (error) {
    return errorAnswer(error);
  }
}
