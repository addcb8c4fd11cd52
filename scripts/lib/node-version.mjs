/**
 * Stops with one line where Node is not one of those in package.json's `engines`. Written in the plainest syntax: an
 * old Node must be able to read it.
 */
export function requireNode() {
  const major = parseInt(process.versions.node, 10);
  const minor = parseInt(process.versions.node.slice(String(major).length + 1), 10);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return;
  console.error(
    "tender: Node 20.19 or later of 20, or 22.12 or later is needed; this is " + process.version + ".",
  );
  process.exit(1);
}
