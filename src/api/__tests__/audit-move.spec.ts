import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { auditMove, readMoved } from "../../workflows/operate/audit-move";
import { auditing } from "../audit-move";

jest.mock("../../workflows/operate/audit-move");

const BEFORE = {
  attempt_id: "payatt_1",
  payment_id: "pay_1",
  captured: "0.00",
  refunded: "0.00",
  currency: "EUR",
  by_hand: undefined,
};

describe("the audit of a move", () => {
  const logger = { error: jest.fn() };
  const req = {
    params: { id: "pay_1" },
    scope: { resolve: () => logger },
    auth_context: { actor_id: "user_1" },
    validatedBody: { amount: 5 },
  } as unknown as MedusaRequest;

  /** What `json` was answered with, and what was passed on, once the middleware and the route after it are done. */
  async function answered(json: jest.Mock, unwritable?: Error) {
    jest.mocked(readMoved).mockResolvedValue(BEFORE);
    jest.mocked(auditMove).mockImplementation(async () => {
      if (unwritable) throw unwritable;
    });
    const res = { statusCode: 200, json } as unknown as MedusaResponse;
    const next = jest.fn();
    await auditing("capture")(req, res, next as MedusaNextFunction);
    res.json({ payment: {} });
    await new Promise(setImmediate);
    return { json, passed_on: next.mock.calls.slice(1) };
  }

  it("answers once the line is written, with what was asked for", async () => {
    const { json, passed_on } = await answered(jest.fn());
    expect(auditMove).toHaveBeenCalledWith(req.scope, {
      actor_id: "user_1",
      move: "capture",
      amount: 5,
      before: BEFORE,
    });
    expect(json).toHaveBeenCalledWith({ payment: {} });
    expect(passed_on).toEqual([]);
  });

  it("answers the same where the line cannot be written, and logs that", async () => {
    const { json } = await answered(jest.fn(), new Error("no database"));
    expect(json).toHaveBeenCalledWith({ payment: {} });
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining("no database"));
  });

  it("passes on the failure of an answer that cannot be sent", async () => {
    const failure = new Error("Cannot set headers after they are sent");
    const failing = jest.fn(() => {
      throw failure;
    });
    expect((await answered(failing)).passed_on).toEqual([[failure]]);
  });
});
