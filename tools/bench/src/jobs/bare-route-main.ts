// Process entry of the bare route; says its address and serves until its parent lets go.
import { startBareRoute } from "./bare-route.js";

const { url } = await startBareRoute();
process.send?.({ url });
process.on("disconnect", () => process.exit());
