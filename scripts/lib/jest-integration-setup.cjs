/**
 * Medusa's models register themselves in one global place; each test file boots Medusa anew in the same worker
 * and must not find the ones of the file before it.
 */
const { MetadataStorage } = require("@medusajs/framework/mikro-orm/core");

MetadataStorage.clear();
