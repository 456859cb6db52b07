// The npm peer: express with reporting-api's middleware, which reads, checks and counts. It stores nothing.
import express from "express";
import { reportingEndpoint } from "reporting-api";

let count = 0;
const app = express();
app.use("/__csp/report", reportingEndpoint({ allowedOrigins: "*", onReport: () => { count += 1; } }));
app.get("/count", (_, response) => response.json(count));
const server = app.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
