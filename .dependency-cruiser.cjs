/**
 * Imports point down only. Each row of MAY_IMPORT names a folder of src/ and the other folders of src/ its
 * files may import; everything else of ours is forbidden to it. Nobody lists `providers`: gateways are found
 * through the store's configuration, never through an import.
 */
const MAY_IMPORT = {
  admin: [],
  checkout: [],
  api: ["jobs", "subscribers", "workflows", "modules", "services", "gateway"],
  scripts: ["workflows", "modules", "services", "gateway"],
  jobs: ["workflows", "modules", "services", "gateway"],
  subscribers: ["workflows", "modules", "services", "gateway"],
  workflows: ["modules", "services", "gateway"],
  links: ["modules"],
  modules: ["services", "gateway"],
  services: ["gateway"],
  gateway: [],
  testing: ["gateway"],
};

/** The same inside src/workflows, whose folders are steps: what stands lower knows nothing of what stands higher. */
const WORKFLOWS_MAY_IMPORT = {
  operate: ["upkeep", "pay", "webhooks", "settle", "limits", "medusa"],
  upkeep: ["webhooks", "settle", "limits", "medusa"],
  webhooks: ["settle", "limits", "medusa"],
  pay: ["settle", "limits", "medusa"],
  settle: ["limits", "medusa"],
  limits: ["medusa"],
  medusa: [],
};

/** Pages talk HTTP to the API; they may know the types of what they send and receive, and no code of it. */
const SPEAKS_HTTP_ONLY = ["admin", "checkout"];

const folders = (/** @type {string[]} */ names) => `^src/(${names.join("|")})/`;
const API_SCHEMAS = "^src/api/.*(store-contract|admin-contract|/contract|/schemas)\\.ts$";

/** A folder's tests may also use the conformance suite. */
const layers = Object.entries(MAY_IMPORT).flatMap(([folder, below]) => [
  {
    name: `${folder}-imports-down-only`,
    comment: `src/${folder} may import ${below.join(", ") || "nothing else of ours"}.`,
    severity: "error",
    from: { path: folders([folder]), pathNot: "/__tests__/" },
    to: {
      path: "^src/",
      pathNot: [folders([folder, ...below]), ...(SPEAKS_HTTP_ONLY.includes(folder) ? [API_SCHEMAS] : [])],
    },
  },
  {
    name: `${folder}-tests-import-down-only`,
    comment: `Tests of src/${folder} may import what it may, and src/testing.`,
    severity: "error",
    from: { path: `${folders([folder])}.*__tests__/` },
    to: {
      path: "^src/",
      pathNot: [
        folders([folder, "testing", ...below]),
        ...(SPEAKS_HTTP_ONLY.includes(folder) ? [API_SCHEMAS] : []),
      ],
    },
  },
]);

const httpOnly = SPEAKS_HTTP_ONLY.map((folder) => ({
  name: `${folder}-takes-only-types-from-api`,
  comment: `src/${folder} runs in a browser: from the API's schemas it may "import type" only.`,
  severity: "error",
  from: { path: folders([folder]) },
  to: { path: API_SCHEMAS, dependencyTypesNot: ["type-only"] },
}));

/** A gateway's own form in the checkout page, and what it may know of that page. */
const GATEWAY_FORMS = "^src/providers/[^/]+/checkout/";
const FORM_CONTRACT = "src/checkout/gateway-form\\.ts";

const providers = [
  {
    name: "provider-imports-gateway-only",
    comment: "A gateway knows src/gateway and its own folder; never another gateway, cart or order.",
    severity: "error",
    from: { path: "^src/providers/([^/]+)/", pathNot: ["/__tests__/", GATEWAY_FORMS] },
    to: { path: "^src/", pathNot: ["^src/gateway/", "^src/providers/$1/"] },
  },
  {
    name: "provider-server-does-not-import-its-form",
    comment: "A gateway's form runs in a browser, the rest of it on a server.",
    severity: "error",
    from: { path: "^src/providers/", pathNot: GATEWAY_FORMS },
    to: { path: GATEWAY_FORMS },
  },
  {
    name: "gateway-form-imports-its-contract-only",
    comment:
      "A gateway's form knows its own folder and the contract; nothing of the server, not even of its gateway.",
    severity: "error",
    from: { path: "^src/providers/([^/]+)/checkout/", pathNot: "/__tests__/" },
    to: { path: "^src/", pathNot: [`^${FORM_CONTRACT}$`, "^src/providers/$1/checkout/"] },
  },
  {
    name: "gateway-form-takes-only-types-of-its-contract",
    comment: "The contract is types; code of the checkout would be in a storefront's bundle twice.",
    severity: "error",
    from: { path: GATEWAY_FORMS },
    to: { path: `^${FORM_CONTRACT}$`, dependencyTypesNot: ["type-only"] },
  },
  {
    name: "provider-tests-import-gateway-and-testing",
    comment: "A gateway's tests may also use the conformance suite.",
    severity: "error",
    from: { path: "^src/providers/([^/]+)/.*__tests__/", pathNot: GATEWAY_FORMS },
    to: { path: "^src/", pathNot: ["^src/(gateway|testing)/", "^src/providers/$1/"] },
  },
];

const workflows = Object.entries(WORKFLOWS_MAY_IMPORT).map(([folder, below]) => ({
  name: `workflows-${folder}-imports-down-only`,
  comment: `src/workflows/${folder} may import ${below.join(", ") || "no other folder of src/workflows"}.`,
  severity: "error",
  from: { path: `^src/workflows/${folder}/` },
  to: { path: "^src/workflows/[^/]+/", pathNot: `^src/workflows/(${[folder, ...below].join("|")})/` },
}));

const loose = [
  {
    name: "config-imports-gateway-only",
    comment: "The config helper is read before anything is loaded; it may know the contract only.",
    severity: "error",
    from: { path: "^src/config\\.ts$" },
    to: { path: "^src/", pathNot: "^src/gateway/" },
  },
  {
    name: "every-folder-has-a-row",
    comment: "A new folder of src/ needs a row in MAY_IMPORT before it imports anything of ours.",
    severity: "error",
    from: {
      path: "^src/",
      pathNot: [folders([...Object.keys(MAY_IMPORT), "providers"]), "^src/config\\.ts$"],
    },
    to: { path: "^src/" },
  },
  {
    name: "no-cycles",
    comment: "Two files that need each other are one idea. Medusa's models name each other by design.",
    severity: "error",
    from: { path: "^src/", pathNot: "/models/" },
    to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
  },
  {
    name: "product-does-not-import-tests",
    comment: "What is shipped must not need what is not.",
    severity: "error",
    from: { path: "^src/", pathNot: "/__tests__/" },
    to: { path: "(/__tests__/|^(integration-tests|bench|scripts)/)" },
  },
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [...layers, ...httpOnly, ...workflows, ...providers, ...loose],
  options: {
    includeOnly: "^(src|integration-tests|bench|scripts)/",
    exclude: "^src/checkout/dist/",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.check.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"] },
  },
};
