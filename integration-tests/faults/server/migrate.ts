/** Makes the tables, as Medusa's own test runner does: in a process of its own, once. */
import { container, MedusaAppLoader } from "@medusajs/framework";
import { configLoader } from "@medusajs/framework/config";
import { pgConnectionLoader } from "@medusajs/framework/database";
import { logger } from "@medusajs/framework/logger";
import { Migrator } from "@medusajs/framework/migrations";
import { ContainerRegistrationKeys, getResolvedPlugins, mergePluginModules } from "@medusajs/framework/utils";
import { asValue } from "@medusajs/framework/awilix";

async function migrate(): Promise<void> {
  const directory = process.cwd();
  const config = await configLoader(directory, "medusa-config");
  container.register({ [ContainerRegistrationKeys.LOGGER]: asValue(logger) });
  await pgConnectionLoader();
  mergePluginModules(config, await getResolvedPlugins(directory, config, true), directory);
  const loader = new MedusaAppLoader({ cwd: directory });
  await new Migrator({ container }).ensureMigrationsTable();
  await loader.runModulesMigrations();
  const planner = await loader.getLinksExecutionPlanner();
  await planner.executePlan(await planner.createPlan());
}

migrate().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
