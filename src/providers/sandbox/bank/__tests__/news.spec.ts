import { NewsBook } from "../news";
import type { BankEvent, EventClosed } from "../records";

function event(id: string): BankEvent {
  return { id, type: "payment.captured", provider: "pp_sandbox_a", reference: "sbx_pay_1", created_at: 0 };
}
function closed(id: string): EventClosed {
  return { kind: "event_closed", id, state: "delivered", tries: 1, last_status: 200 };
}

describe("the book of news", () => {
  it("forgets the oldest that are over beyond its limit, and none that still waits", () => {
    const book = new NewsBook(3);
    book.add(event("waits"));
    for (const id of ["a", "b", "c", "d"]) {
      book.add(event(id));
      book.close(closed(id));
    }
    expect(book.list().map((news) => news.event.id)).toEqual(["waits", "c", "d"]);
    expect(book.find("waits")?.state).toBe("waiting");
  });

  it("counts tries, also one of a duplicate that ends later", () => {
    const book = new NewsBook();
    book.add(event("a"));
    book.tried("a", null);
    book.close({ ...closed("a"), tries: 1 });
    book.tried("a", 200);
    book.tried("unknown", 200);
    expect(book.list()).toEqual([{ event: event("a"), state: "delivered", tries: 2, last_status: 200 }]);
  });
});
