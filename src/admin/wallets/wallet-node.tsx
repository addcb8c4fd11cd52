import { Badge, InlineTip } from "@medusajs/ui";
import type { ReactElement } from "react";
import type { AdminWalletNode } from "../../api/admin/tender/wallets/contract";
import { OutcomeBadge } from "../attempts/outcome-badge";
import { Moment } from "../components/moment";
import { Section } from "../components/section";
import { useTexts } from "../lib/use-texts";
import { FactRows } from "./fact-rows";

/** Whether the node answers, how old its newest block is, and how far it has been read. */
export function WalletNode({ node }: Readonly<{ node: AdminWalletNode }>): ReactElement {
  const { t } = useTexts();
  const { trouble, tip, read_height, looked_at, reader, network, is_test } = node;
  return (
    <Section title={t("wallets.node.title")} actions={<NodeBadge node={node} />}>
      {trouble && (
        <div className="px-6 py-4">
          <InlineTip variant="error" label={t("wallets.node.title")}>
            {t(`wallets.node.troubles.${trouble.kind}`)} <bdi dir="ltr">{trouble.message}</bdi>
          </InlineTip>
        </div>
      )}
      <FactRows
        rows={[
          [
            t("wallets.node.network"),
            <span key="network" className="flex flex-wrap items-center gap-2">
              <bdi>{network}</bdi>
              {is_test && <Badge size="2xsmall">{t("wallets.test_network")}</Badge>}
            </span>,
          ],
          [
            t("wallets.node.newest_block"),
            tip ? (
              <span>
                <bdi>{tip.height}</bdi>
                {tip.mined_at && (
                  <>
                    {" · "}
                    <Moment at={tip.mined_at} />
                  </>
                )}
              </span>
            ) : (
              t("wallets.node.unknown")
            ),
          ],
          [
            t("wallets.node.read_up_to"),
            read_height === null ? t("wallets.node.never") : <bdi>{read_height}</bdi>,
          ],
          [t("wallets.node.looked_at"), looked_at ? <Moment at={looked_at} /> : t("wallets.node.never")],
          [t("wallets.node.reader"), t(`wallets.node.readers.${reader}`)],
        ]}
      />
    </Section>
  );
}

function NodeBadge({ node }: Readonly<{ node: AdminWalletNode }>): ReactElement {
  const { t } = useTexts();
  const { trouble, blocks_behind } = node;
  if (trouble) {
    return <OutcomeBadge color="red">{t("wallets.node.does_not_answer")}</OutcomeBadge>;
  }
  return blocks_behind !== null && blocks_behind > 0 ? (
    <OutcomeBadge color="orange">{t("wallets.node.behind", { count: blocks_behind })}</OutcomeBadge>
  ) : (
    <OutcomeBadge color="green">{t("wallets.node.answers")}</OutcomeBadge>
  );
}
