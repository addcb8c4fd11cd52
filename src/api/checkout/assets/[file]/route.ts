import path from "node:path";
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { builtFile, NOT_BUILT } from "../../built-assets";
import { refuseInsecure, secure } from "../../security";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** `styles.css` has no hash in its name: stores import it by name from the package. */
const HASHED = /-[\w-]{8}\.\w+$/;

/** A file of the built page. Its name carries a hash of its content, so it never changes. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  secure(res);
  if (refuseInsecure(req, res)) return;
  const name = req.params["file"] ?? "";
  const file = await builtFile(name);
  const type = CONTENT_TYPES[path.extname(name)];
  if (file === null) {
    res.status(503).type("text/plain").send(NOT_BUILT);
  } else if (file === undefined || type === undefined) {
    res.status(404).type("text/plain").send("Not found.\n");
  } else {
    res.setHeader("Cache-Control", HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache");
    res.setHeader("Content-Type", type);
    res.send(file);
  }
}
