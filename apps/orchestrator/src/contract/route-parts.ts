// What routes of several groups share.
import { z } from "zod";
import * as s from "./shapes.js";

export const writers = ["ops", "service", "vendor"] as const;
export const readers = ["ops", "service", "vendor", "read-only"] as const;
export const vendorParams = z.strictObject({ vendorId: s.id });
export const nothing = z.strictObject({}).optional();
export const bulkBytes = 8 * 1024 * 1024;
