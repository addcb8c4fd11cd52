import { createRoot } from "react-dom/client";
import type { HostedBoot } from "../../api/checkout/schemas";
import { gatewayForms } from "virtual:gateway-forms";
import "./hosted.css";
import { HostedPage } from "./hosted-page";

const root = document.getElementById("tender-root");
const data = document.getElementById("tender-boot")?.textContent;

// Both come with the page from the same server; without them there is nothing to show but the page's own text.
if (root && data)
  createRoot(root).render(<HostedPage boot={JSON.parse(data) as HostedBoot} forms={gatewayForms} />);
