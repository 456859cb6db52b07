import { products } from "./catalogue";
import { follow } from "./orders/feed";
import { News } from "./orders/news";
import { session } from "./session";

const log = document.querySelector("#log")!;

function show(text: string): void {
    const line = document.createElement("li");
    line.textContent = text;
    log.append(line);
}

document.addEventListener("securitypolicyviolation", (event) => show(`blocked: ${event.blockedURI}`));

session().then((own) => show(`logged in as ${own.name}`), () => show("no session"));
products().then((list) => show(`${list.length} products`), (error: Error) => show(`no products: ${error.message}`));
follow(7, show).onerror = () => show("no order feed");
new News().listen(show);
