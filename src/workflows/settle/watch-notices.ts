import type { MedusaContainer } from "@medusajs/framework/types";
import { noticeSubject, type AttemptRecord, type Notice, type NoticeKind } from "../../gateway";
import { tenderModule } from "../medusa/load-cart";

const KINDS: readonly NoticeKind[] = ["money_beyond", "payment_undone", "refund_waits"];

/** Makes findings of what the gateway noticed, once each, and closes those that it notices no more. */
export async function watchNotices(
  container: MedusaContainer,
  attempt: AttemptRecord,
  notices: readonly Notice[],
): Promise<void> {
  const { findings } = tenderModule(container);
  const { id: attempt_id, provider_id } = attempt;
  const subjects = notices.map((notice) => noticeSubject(attempt_id, notice));
  await findings.closeOthers(attempt_id, KINDS, subjects, "It is no longer so.");
  for (const notice of notices) {
    const { kind, detail } = notice;
    const finding = { kind, subject: noticeSubject(attempt_id, notice), attempt_id, provider_id, detail };
    // What a person has closed with a note stays closed.
    if (!(await findings.wasResolved(kind, finding.subject))) {
      await findings.open(finding);
      await findings.restate(finding);
    }
  }
}
